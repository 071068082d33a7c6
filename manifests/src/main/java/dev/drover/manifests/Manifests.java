package dev.drover.manifests;

import dev.drover.manifests.hcl.HclReader;
import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.hcl.print.HclWriter;
import dev.drover.manifests.json.JsonReader;
import dev.drover.manifests.json.JsonWriter;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.GitSource;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Namespace;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.SchedulerConfig;
import dev.drover.manifests.model.Variable;
import dev.drover.manifests.shape.Binder.Objects;
import dev.drover.manifests.shape.Unbinder;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Made;
import dev.drover.manifests.tree.Position;
import dev.drover.manifests.tree.Problem;
import dev.drover.manifests.tree.Source;
import dev.drover.manifests.tree.Tree;
import dev.drover.manifests.tree.TreeReading;
import dev.drover.manifests.validate.GitSourceRules;
import dev.drover.manifests.validate.HoldRules;
import dev.drover.manifests.validate.JobRules;
import dev.drover.manifests.validate.Report;
import dev.drover.manifests.validate.SchedulerConfigRules;
import dev.drover.manifests.yaml.YamlReader;
import dev.drover.manifests.yaml.YamlWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The front door: text to resources and back, in every syntax. It looks at nothing but the text
/// and the inputs it is given.
public final class Manifests {

    /// Characters of one file. The largest real one has 200,000; ten million are read within a
    /// second.
    private static final int LENGTH_MAX = 10_000_000;

    /// What is said about absence is no news where reading has failed: what is missing may be what
    /// could not be read.
    private static final Set<Code> ABOUT_ABSENCE =
            EnumSet.of(Code.MISSING_FIELD, Code.EMPTY, Code.UNKNOWN_DRIVER, Code.UNKNOWN_PART);

    /// What people say about a resource beside its spec.
    private static final Set<String> METADATA =
            Set.of("name", "namespace", "labels", "annotations");

    private Manifests() {}

    /// What a text declares, bound to records as written: no defaults, no rules beyond syntax and
    /// types.
    ///
    /// @param fileName as the user knows it; problems begin with it
    public static Read read(String text, String fileName, Syntax syntax, Inputs inputs) {
        Found found = find(new Source(fileName, text), syntax, inputs, Objects.AS_WRITTEN);
        return answer(found, found.problems());
    }

    /// The same with objects in driver configs as Nomad's own parser has them, for
    /// [dev.drover.manifests.nomad.NomadWriter#parsed].
    public static Read readAsNomad(String text, String fileName, Syntax syntax, Inputs inputs) {
        Found found = find(new Source(fileName, text), syntax, inputs, Objects.AS_NOMAD_HAS_THEM);
        return answer(found, found.problems());
    }

    /// The same, and the rules that every job must fulfil.
    public static Read check(String text, String fileName, Syntax syntax, Inputs inputs) {
        Found found = find(new Source(fileName, text), syntax, inputs, Objects.AS_WRITTEN);
        List<Problem> problems = new ArrayList<>(found.problems());
        boolean failed = failed(problems);
        Unread unread = Unread.of(found.problems());
        for (Manifest manifest : found.manifests()) {
            rules(manifest).stream()
                    .filter(problem -> !failed || !ABOUT_ABSENCE.contains(problem.code()))
                    .filter(problem -> !unread.covers(problem, manifest.source()))
                    .forEach(problems::add);
        }
        return answer(found, problems);
    }

    /// What the rules say about a resource that was read.
    public static List<Problem> rules(Manifest manifest) {
        Report report = Report.of(manifest.source(), manifest.places());
        return switch (manifest.resource()) {
            case Job job -> JobRules.check(job, report);
            case Hold hold -> HoldRules.check(hold, report);
            case GitSource source -> GitSourceRules.check(source, report);
            case SchedulerConfig config -> SchedulerConfigRules.check(config, report);
            case JobVersion _,
                    Allocation _,
                    Evaluation _,
                    Deployment _,
                    Variable _,
                    Node _,
                    Namespace _ ->
                    List.of();
        };
    }

    private record Found(List<Manifest> manifests, List<Problem> problems, Optional<Problem> met) {}

    private static Found find(Source source, Syntax syntax, Inputs inputs, Objects objects) {
        if (source.text().length() > LENGTH_MAX) {
            String what = source.name() + " has more than " + LENGTH_MAX + " characters";
            return new Found(
                    List.of(), List.of(Problem.of(Code.LIMIT, what, "split it")), Optional.empty());
        }
        if (source.isUtf16()) {
            Problem problem =
                    Problem.at(
                            source,
                            Position.START,
                            Code.CHARACTER,
                            "this is a text in UTF-16",
                            Source.SAVE_AS_UTF_8);
            return new Found(List.of(), List.of(problem), Optional.empty());
        }
        Documents documents = new Documents(source, objects);
        TreeReading reading =
                switch (syntax) {
                    case HCL -> HclReader.read(source, JobBlocks.ofFile(), inputs);
                    case YAML -> YamlReader.read(source);
                    case JSON -> JsonReader.read(source);
                };
        List<Problem> problems = new ArrayList<>(reading.problems());
        for (Tree.Block document : reading.documents()) {
            switch (syntax) {
                case HCL -> documents.hcl(document);
                case YAML -> documents.ours(document);
                case JSON -> json(source, document, inputs, documents, problems);
            }
        }
        boolean failed = failed(problems);
        Set<Optional<Problem.Place>> nothing = nothing(problems);
        documents.problems().stream()
                .filter(problem -> !failed || !ABOUT_ABSENCE.contains(problem.code()))
                .filter(problem -> !nothing.contains(problem.place()))
                .forEach(problems::add);
        return new Found(documents.manifests(), problems, reading.met());
    }

    /// Where a reference to nothing stands: that it is no text, number or list is no news.
    private static Set<Optional<Problem.Place>> nothing(List<Problem> problems) {
        return problems.stream()
                .filter(problem -> problem.code() == Code.UNKNOWN_REFERENCE)
                .map(Problem::place)
                .collect(Collectors.toSet());
    }

    /// An object is ours, a job of Nomad's API, or HCL in its JSON syntax.
    private static void json(
            Source source,
            Tree.Block document,
            Inputs inputs,
            Documents documents,
            List<Problem> problems) {
        if (!Documents.isHcl(document)) {
            documents.json(document);
            return;
        }
        TreeReading reading = HclReader.readJson(source, document, JobBlocks.ofFile(), inputs);
        problems.addAll(reading.problems());
        reading.documents().forEach(documents::hcl);
    }

    private static Read answer(Found found, List<Problem> problems) {
        List<Problem> sorted = problems.stream().distinct().sorted(Problem.BY_PLACE).toList();
        return failed(sorted)
                ? new Read.Problems(sorted, found.met())
                : new Read.Resources(found.manifests(), sorted);
    }

    private static boolean failed(List<Problem> problems) {
        return problems.stream().anyMatch(problem -> !problem.warning());
    }

    /// What people declare of a resource, as a text that reads back to it: no status, nothing that
    /// only the server sets. Not in HCL where [#changedByHcl] finds something.
    public static String write(Resource resource, Syntax syntax) {
        return switch (syntax) {
            case HCL -> HclWriter.write(hcl(resource));
            case YAML -> YamlWriter.write(declared(resource));
            case JSON -> JsonWriter.pretty(declared(resource));
        };
    }

    /// The first text of a resource that HCL would read as another one: it composes letters (normal
    /// form C of Unicode), so a name whose accents stand apart, as some systems write them, becomes
    /// a different name. Its beginning, where it is long.
    public static Optional<String> changedByHcl(Resource resource) {
        return HclWriter.altered(hcl(resource));
    }

    private static Tree.Block hcl(Resource resource) {
        return new Tree.Block(Position.START, List.of(), List.of(HclDocument.of(resource)));
    }

    /// The same for several: blocks of one HCL file, documents of YAML, a `List` in JSON.
    public static String write(List<? extends Resource> resources, Syntax syntax) {
        if (resources.size() == 1) {
            return write(resources.getFirst(), syntax);
        }
        return switch (syntax) {
            case HCL -> texts(resources, syntax, "\n");
            case YAML -> texts(resources, syntax, "---\n");
            case JSON -> JsonWriter.pretty(list(resources));
        };
    }

    private static String texts(
            List<? extends Resource> resources, Syntax syntax, String separator) {
        return resources.stream()
                .map(resource -> write(resource, syntax))
                .collect(Collectors.joining(separator));
    }

    private static Tree.Block list(List<? extends Resource> resources) {
        List<Tree> items = resources.stream().<Tree>map(Manifests::declared).toList();
        return Made.block(
                Made.field("apiVersion", Kind.API_VERSION),
                Made.field("kind", Documents.LIST),
                Made.field("items", Made.list(items)));
    }

    private static Tree.Block declared(Resource resource) {
        List<Tree.Field> fields = new ArrayList<>();
        for (Tree.Field field : Unbinder.resource(resource).fields()) {
            switch (field.name()) {
                case "status" -> {}
                case "metadata" -> fields.add(declaredMetadata(field));
                default -> fields.add(field);
            }
        }
        return new Tree.Block(Position.START, List.of(), fields);
    }

    private static Tree.Field declaredMetadata(Tree.Field metadata) {
        List<Tree.Field> fields =
                ((Tree.Block) metadata.value())
                        .fields().stream()
                                .filter(field -> METADATA.contains(field.name()))
                                .toList();
        Tree.Block declared = new Tree.Block(Position.START, List.of(), fields);
        return new Tree.Field(Position.START, metadata.name(), metadata.form(), declared);
    }
}
