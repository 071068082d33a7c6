package dev.drover.manifests;

import dev.drover.manifests.defaults.Canonical;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobStatus;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.Secret;
import dev.drover.manifests.model.VaultOptions;
import dev.drover.manifests.nomad.NomadReader;
import dev.drover.manifests.shape.Binder;
import dev.drover.manifests.shape.Component;
import dev.drover.manifests.shape.Dialect;
import dev.drover.manifests.shape.Kinds;
import dev.drover.manifests.shape.RecordShape;
import dev.drover.manifests.shape.Shape;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Path;
import dev.drover.manifests.tree.Places;
import dev.drover.manifests.tree.Position;
import dev.drover.manifests.tree.Problem;
import dev.drover.manifests.tree.Source;
import dev.drover.manifests.tree.Suggestion;
import dev.drover.manifests.tree.Tree;
import dev.drover.manifests.validate.Report;
import dev.drover.manifests.validate.ScalingRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Trees to resources: which kind a document is of, and its metadata and spec bound to records.
final class Documents {
    /// A document that holds others, as `get -o yaml` and kubectl write several resources.
    static final String LIST = "List";

    private final Source source;
    private final Binder.Objects objects;
    private final List<Manifest> manifests = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    Documents(Source source, Binder.Objects objects) {
        this.source = source;
        this.objects = objects;
    }

    List<Manifest> manifests() {
        return manifests;
    }

    List<Problem> problems() {
        return problems;
    }

    private void add(Resource resource, Places places) {
        if (resource instanceof Job job) {
            Report report = Report.of(source, places);
            ScalingRules.check(job, report);
            problems.addAll(report.problems());
            manifests.add(new Manifest(job.withSpec(Canonical.of(job.spec())), source, places));
        } else {
            manifests.add(new Manifest(resource, source, places));
        }
    }

    // ---- HCL

    void hcl(Tree.Block file) {
        for (Tree.Field field : file.fields()) {
            HclDocument.of(field).ifPresentOrElse(this::hcl, () -> unknownBlock(field));
        }
    }

    private void unknownBlock(Tree.Field field) {
        String fix =
                Suggestion.of(field.name(), HclDocument.types())
                        .map(near -> "did you mean " + near + "?")
                        .orElse(
                                "a file holds variable, variables and locals blocks and resources: "
                                        + String.join(", ", HclDocument.types()));
        String what =
                field.form() == Tree.Form.BLOCK
                        ? "there is no kind of resource named \""
                        : "an argument cannot stand at the top of a file: \"";
        report(field.position(), Code.UNKNOWN_KIND, what + field.name() + "\"", fix);
    }

    private void hcl(HclDocument document) {
        Places places = new Places(document.position());
        Binder binder = new Binder(source, Dialect.HCL, Binder.Strange.REFUSE, objects, places);
        Class<? extends Record> type = Kinds.type(document.kind());
        if (document.hasEmptyNamespace()) {
            places.stranger(Path.ROOT.field("namespace"), "");
        }
        for (JobForms.Shared shared : document.shared()) {
            Class<? extends Record> what =
                    shared.block().name().equals("vault") ? VaultOptions.class : Secret.class;
            places.put(shared.path(), shared.block().position());
            binder.bind(what, shared.block().value(), shared.path());
        }
        Path besideSpec = Path.ROOT.field("metadata", ""); // nobody writes that it is another block
        Optional<Metadata> metadata =
                named(binder.bind(Metadata.class, document.metadata(), besideSpec), document);
        List<Object> values = new ArrayList<>();
        for (Component component : RecordShape.of(type).components()) {
            switch (component.name()) {
                case "metadata" -> metadata.ifPresent(values::add);
                case "spec" -> spec(component, document.spec(), binder).ifPresent(values::add);
                default -> Binder.absent(component).ifPresent(values::add);
            }
        }
        problems.addAll(binder.problems());
        if (values.size() == RecordShape.of(type).components().size()) {
            add((Resource) RecordShape.of(type).create(values.toArray()), places);
        }
    }

    private static Optional<? extends Record> spec(
            Component component, Tree.Block spec, Binder binder) {
        if (!(component.shape() instanceof Shape.Struct(Class<? extends Record> type))) {
            throw new IllegalStateException(component.name() + " is no record");
        }
        return binder.bind(type, spec, Path.ROOT);
    }

    private Optional<Metadata> named(Optional<Metadata> metadata, HclDocument document) {
        if (metadata.isPresent() && metadata.get().name().isEmpty() && !document.hasId()) {
            String type = HclDocument.type(document.kind());
            report(
                    document.position(),
                    Code.LABELS,
                    "the " + type + " has no name",
                    "write " + type + " \"name\" { … }");
        }
        return metadata;
    }

    // ---- Nomad's JSON

    /// Whether a JSON document is in HCL's JSON syntax: nothing in it says that it is ours or
    /// Nomad's.
    static boolean isHcl(Tree.Block document) {
        boolean ours =
                document.field("apiVersion").isPresent() || document.field("kind").isPresent();
        return !ours && NomadReader.job(document).isEmpty();
    }

    /// One JSON document: ours, or a job of Nomad's API.
    void json(Tree.Block document) {
        Optional<Tree.Block> job =
                document.field("apiVersion").isPresent()
                        ? Optional.empty()
                        : NomadReader.job(document);
        job.ifPresentOrElse(this::nomad, () -> ours(document));
    }

    private void nomad(Tree.Block job) {
        Places places = new Places(job.position());
        Binder ours = new Binder(source, Dialect.DROVER, Binder.Strange.IGNORE, objects, places);
        Binder theirs = new Binder(source, Dialect.NOMAD, Binder.Strange.IGNORE, objects, places);
        Optional<Metadata> metadata =
                ours.bind(Metadata.class, NomadReader.metadata(job), Path.ROOT.field("metadata"));
        Optional<JobSpec> spec = theirs.bind(JobSpec.class, NomadReader.spec(job), Path.ROOT);
        problems.addAll(ours.problems());
        problems.addAll(theirs.problems());
        if (metadata.isPresent() && spec.isPresent()) {
            add(new Job(metadata.get(), spec.get(), JobStatus.unseen()), places);
        }
    }

    // ---- YAML and JSON

    void ours(Tree.Block document) {
        Optional<List<Tree>> items = items(document);
        if (items.isPresent()) {
            items.get().forEach(this::item);
            return;
        }
        Optional<Kind> kind = kind(document);
        if (!version(document) || kind.isEmpty()) {
            return;
        }
        Places places = new Places(document.position());
        Binder binder = new Binder(source, Dialect.DROVER, Binder.Strange.REFUSE, objects, places);
        Optional<Resource> resource =
                binder.bind(Kinds.type(kind.get()), withoutKind(document), Path.ROOT)
                        .map(Resource.class::cast);
        problems.addAll(binder.problems());
        resource.ifPresent(found -> add(found, places));
        if (resource.isPresent() && resource.get().metadata().name().isEmpty()) {
            report(
                    document.position(),
                    Code.MISSING_FIELD,
                    "metadata.name is required",
                    "give the " + kind.get().text() + " a name");
        }
    }

    private static Optional<List<Tree>> items(Tree.Block document) {
        boolean list =
                document.field("kind")
                        .filter(kind ->
                                kind.value() instanceof Tree.Text(_, String word)
                                        && word.equals(LIST))
                        .isPresent();
        Optional<Tree> items = document.field("items").map(Tree.Field::value);
        return list && items.isPresent() && items.get() instanceof Tree.Listing listing
                ? Optional.of(listing.items())
                : Optional.empty();
    }

    /// A list in a list is no resource: so lists cannot nest without end.
    private void item(Tree item) {
        if (item instanceof Tree.Block block && items(block).isEmpty()) {
            ours(block);
        } else {
            report(item.position(), Code.UNKNOWN_KIND, "an item of a List is a resource", "");
        }
    }

    private static Tree.Block withoutKind(Tree.Block document) {
        List<Tree.Field> fields =
                document.fields().stream()
                        .filter(field ->
                                !field.name().equals("apiVersion") && !field.name().equals("kind"))
                        .toList();
        return new Tree.Block(document.position(), List.of(), fields);
    }

    private boolean version(Tree.Block document) {
        Optional<Tree.Field> version = document.field("apiVersion");
        if (version.isPresent()
                && version.get().value() instanceof Tree.Text(_, String text)
                && text.equals(Kind.API_VERSION)) {
            return true;
        }
        report(
                version.map(Tree.Field::position).orElse(document.position()),
                Code.UNKNOWN_VERSION,
                version.isPresent()
                        ? "this apiVersion is not known here"
                        : "apiVersion is required",
                "write apiVersion: " + Kind.API_VERSION);
        return false;
    }

    private Optional<Kind> kind(Tree.Block document) {
        List<String> known = Arrays.stream(Kind.values()).map(Kind::text).toList();
        Optional<Tree.Field> field = document.field("kind");
        if (field.isEmpty() || !(field.get().value() instanceof Tree.Text(_, String word))) {
            report(
                    document.position(),
                    Code.UNKNOWN_KIND,
                    "kind is required",
                    "known are " + String.join(", ", known));
            return Optional.empty();
        }
        Optional<Kind> kind =
                Arrays.stream(Kind.values()).filter(each -> each.text().equals(word)).findFirst();
        if (kind.isEmpty()) {
            String fix =
                    Suggestion.of(word, known)
                            .map(near -> "did you mean " + near + "?")
                            .orElse("known are " + String.join(", ", known));
            report(
                    field.get().value().position(),
                    Code.UNKNOWN_KIND,
                    "there is no kind \"" + word + "\"",
                    fix);
        }
        return kind;
    }

    private void report(Position at, Code code, String what, String fix) {
        problems.add(Problem.at(source, at, code, what, fix));
    }
}
