package dev.drover.controller.admit;

import dev.drover.controller.admit.Admitted.Cause;
import dev.drover.controller.admit.Admitted.Effect;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Namespace;
import dev.drover.manifests.model.NamespaceSpec;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.store.Commit;
import dev.drover.store.lease.Epoch;
import dev.drover.store.typed.TableListing;
import dev.drover.store.typed.TableQuery;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/// The one door: checks the rules, decides by `Draft`, and commits on condition of what it saw. A
/// wish without a condition of its own is tried again when somebody else was faster.
public final class Admission {
    /// Races lost in a row before we give up: loops write a job's status a few times a second.
    private static final int ATTEMPTS = 50;

    private final Tables tables;
    private final Epoch epoch;
    private final Rules rules;
    private final InstantSource clock;
    private final Supplier<String> ids;

    /// @param ids makes a new unique id with each call
    public Admission(
            Tables tables, Epoch epoch, Rules rules, InstantSource clock, Supplier<String> ids) {
        this.tables = tables;
        this.epoch = epoch;
        this.rules = rules;
        this.clock = clock;
        this.ids = ids;
    }

    /// Makes sure that the namespace of manifests that name none is there. At the server's start.
    public Admitted prepare() {
        NamespaceSpec spec = new NamespaceSpec(Optional.of("of manifests that name none"));
        Metadata metadata = Metadata.named("", Metadata.DEFAULT_NAMESPACE);
        return decide(
                Kind.NAMESPACE,
                ResourceName.cluster(Metadata.DEFAULT_NAMESPACE),
                Terms.of("server"),
                (current, stamp) ->
                        current.<Draft>map(Draft.Unchanged::new)
                                .orElseGet(
                                        () -> Draft.create(new Namespace(metadata, spec), stamp)));
    }

    /// Creates what is not there.
    public Admitted create(Resource wanted, Terms terms) {
        return admit(
                wanted,
                terms,
                (current, placed, stamp) ->
                        current.isPresent()
                                ? refused(Cause.EXISTS, placed, "exists already")
                                : Draft.create(ofNobody(placed), stamp));
    }

    /// Creates what is not there, and brings what is there to what is wanted. With a condition in
    /// `terms` it only ever replaces.
    public Admitted put(Resource wanted, Terms terms) {
        return admit(
                wanted,
                terms,
                (current, placed, stamp) -> {
                    if (current.isPresent()) {
                        return Draft.replace(current.get(), placed, stamp);
                    }
                    return terms.conditional()
                            ? refused(Cause.NOT_FOUND, placed, "does not exist")
                            : Draft.create(ofNobody(placed), stamp);
                });
    }

    /// Changes what is there.
    public Admitted change(
            Kind kind, ResourceName name, Function<Resource, Amended> change, Terms terms) {
        return decide(
                kind,
                name,
                terms,
                (current, stamp) ->
                        current.map(c -> amend(c, change.apply(c), stamp))
                                .orElseGet(() -> missing(kind, name)));
    }

    private Draft amend(Resource current, Amended amended, Stamp stamp) {
        return switch (amended) {
            case Amended.To(Resource wanted) -> {
                List<String> mistakes = rules.mistakes(wanted);
                yield mistakes.isEmpty()
                        ? Draft.replace(current, wanted, stamp)
                        : new Draft.Refused(Cause.INVALID, String.join("\n", mistakes));
            }
            case Amended.Not(Cause cause, String because) -> new Draft.Refused(cause, because);
        };
    }

    /// Creates the job that somebody launches out of another one. What is there already under its
    /// name is the same launch.
    public Admitted launch(
            ResourceName parent, BiFunction<Job, Instant, Amended> launch, Terms terms) {
        Optional<Job> job = tables.jobs().get(parent);
        if (job.isEmpty()) {
            return new Admitted.Refused(Cause.NOT_FOUND, "Job " + parent + " does not exist");
        }
        return switch (launch.apply(job.get(), clock.instant())) {
            case Amended.To(Resource child) ->
                    admit(
                            child,
                            terms,
                            (current, placed, stamp) ->
                                    current.<Draft>map(Draft.Unchanged::new)
                                            .orElseGet(() -> Draft.create(placed, stamp)));
            case Amended.Not(Cause cause, String because) -> new Admitted.Refused(cause, because);
        };
    }

    /// Stops a job: its allocations end, it stays and can be started again.
    public Admitted stop(ResourceName name, Terms terms) {
        return decide(
                Kind.JOB,
                name,
                terms,
                (current, stamp) ->
                        current.isPresent() && current.get() instanceof Job job
                                ? Draft.stop(job, true, stamp)
                                : missing(Kind.JOB, name));
    }

    /// Asks for a deletion.
    public Admitted delete(Kind kind, ResourceName name, Terms terms) {
        if (kind == Kind.NAMESPACE) {
            return deleteNamespace(name, terms);
        }
        return decide(
                kind,
                name,
                terms,
                (current, stamp) ->
                        current.map(c -> Draft.delete(c, stamp))
                                .orElseGet(() -> missing(kind, name)));
    }

    /// First it takes nothing new any more, then it is seen to be empty, then it goes.
    private Admitted deleteNamespace(ResourceName name, Terms terms) {
        Optional<Kind> inhabited = inhabited(name.name());
        if (inhabited.isPresent() || name.name().equals(Metadata.DEFAULT_NAMESPACE)) {
            return new Admitted.Refused(
                    Cause.CONFLICT,
                    inhabited
                            .map(kind -> "namespace %s still has %s: delete them first")
                            .orElse("namespace %s is always there%s")
                            .formatted(name, inhabited.map(Kind::plural).orElse("")));
        }
        Admitted marked =
                decide(
                        Kind.NAMESPACE,
                        name,
                        terms,
                        (current, stamp) ->
                                current.map(c -> Draft.delete(c, stamp))
                                        .orElseGet(() -> missing(Kind.NAMESPACE, name)));
        boolean empty = inhabited(name.name()).isEmpty();
        return marked instanceof Admitted.Stored && empty && !terms.dryRun()
                ? decide(
                        Kind.NAMESPACE,
                        name,
                        Terms.of(terms.caller()),
                        (current, _) ->
                                current.map(Draft::remove)
                                        .orElseGet(() -> missing(Kind.NAMESPACE, name)))
                : marked;
    }

    /// A kind of which something is in the namespace.
    private Optional<Kind> inhabited(String namespace) {
        return Arrays.stream(Kind.values())
                .filter(Kind::namespaced)
                .filter(kind ->
                        tables.of(kind).list(TableQuery.in(namespace).limit(1))
                                        instanceof TableListing.Page<Resource>(var rows, _, _)
                                && !rows.isEmpty())
                .findFirst();
    }

    private interface Wish {
        Draft draft(Optional<Resource> current, Resource placed, Stamp stamp);
    }

    private Admitted admit(Resource wanted, Terms terms, Wish wish) {
        Resource placed = placed(wanted);
        List<String> mistakes = rules.mistakes(placed);
        if (!mistakes.isEmpty()) {
            return new Admitted.Refused(Cause.INVALID, String.join("\n", mistakes));
        }
        return decide(
                placed.kind(),
                placed.name(),
                terms,
                (current, stamp) -> wish.draft(current, placed, stamp));
    }

    /// Decides on what is there, and again when that was old.
    private Admitted decide(
            Kind kind,
            ResourceName name,
            Terms terms,
            BiFunction<Optional<Resource>, Stamp, Draft> wish) {
        Stamp stamp =
                new Stamp(
                        clock.instant(),
                        ids.get(),
                        ids.get(),
                        ids.get(),
                        terms.caller(),
                        rules.defaultsLevel());
        for (int i = 0; i < ATTEMPTS; i++) {
            Optional<Resource> current = tables.of(kind).get(name);
            Optional<String> unmet = current.flatMap(terms::unmet);
            Optional<Admitted> answer =
                    unmet.isPresent()
                            ? Optional.of(new Admitted.Refused(Cause.CONFLICT, unmet.get()))
                            : attempt(wish.apply(current, stamp), terms);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        return new Admitted.Refused(
                Cause.UNAVAILABLE,
                "%s %s changes faster than it can be written: try again"
                        .formatted(kind.text(), name));
    }

    /// Empty when somebody else was faster.
    private Optional<Admitted> attempt(Draft draft, Terms terms) {
        return switch (draft) {
            case Draft.Unchanged(Resource current) ->
                    Optional.of(new Admitted.Stored(Effect.UNCHANGED, current));
            case Draft.Refused(Cause cause, String because) ->
                    Optional.of(new Admitted.Refused(cause, because));
            case Draft.Change(Effect effect, Resource result, List<Write.Step> steps) -> {
                Optional<Namespace> namespace = home(result);
                Optional<String> homeless = homeless(effect, result, namespace);
                if (homeless.isPresent()) {
                    yield Optional.of(new Admitted.Refused(Cause.NOT_FOUND, homeless.get()));
                }
                yield terms.dryRun()
                        ? Optional.of(new Admitted.Stored(effect, result))
                        : commit(effect, result, steps, namespace);
            }
        };
    }

    private Optional<Namespace> home(Resource resource) {
        return resource.kind().namespaced()
                ? tables.namespaces().get("", resource.metadata().namespace())
                : Optional.empty();
    }

    /// Why nothing can be put where it belongs.
    private static Optional<String> homeless(
            Effect effect, Resource result, Optional<Namespace> namespace) {
        boolean needsOne = result.kind().namespaced() && effect == Effect.CREATED;
        boolean takesIn =
                namespace.filter(n -> n.metadata().deletionTimestamp().isEmpty()).isPresent();
        return needsOne && !takesIn
                ? Optional.of(
                        "namespace %s does not exist: make it first, by a manifest of kind Namespace"
                                .formatted(result.metadata().namespace()))
                : Optional.empty();
    }

    private Optional<Admitted> commit(
            Effect effect, Resource result, List<Write.Step> steps, Optional<Namespace> namespace) {
        List<Write.Step> all = new ArrayList<>(steps);
        all.add(new Write.Step.Under(epoch));
        if (effect == Effect.CREATED) {
            namespace.ifPresent(n -> all.add(new Write.Step.Unchanged(n)));
        }
        if (effect == Effect.DELETED && result instanceof Node node) {
            all.addAll(givenUp(node));
        }
        return switch (tables.commit(new Write(all, Optional.empty()))) {
            case Commit.Done done -> {
                Metadata at = result.metadata().at(done.revision().toString());
                Resource stored = effect == Effect.DELETED ? result : result.withMetadata(at);
                yield Optional.of(new Admitted.Stored(effect, stored));
            }
            case Commit.Conflict conflict when conflict.key().equals(epoch.stillMine().key()) ->
                    Optional.of(
                            new Admitted.Refused(Cause.UNAVAILABLE, "another server leads now"));
            case Commit.Conflict _ -> Optional.empty();
            case Commit.Unknown(String why) ->
                    Optional.of(
                            new Admitted.Refused(
                                    Cause.UNAVAILABLE, "whether it is stored is unknown: " + why));
            case Commit.Refused(String why) ->
                    Optional.of(new Admitted.Refused(Cause.INVALID, why));
        };
    }

    /// Who deletes a node says that it does not come back: nobody could say it later of what may
    /// still have come back with it.
    private List<Write.Step> givenUp(Node node) {
        String name = node.metadata().name();
        return tables.allocationIndex().onNode(name).stream()
                .filter(Allocation::occupies)
                .map(copy -> copy.lost("node " + name + " was deleted", clock.instant()))
                .<Write.Step>map(Write.Step.Replace::new)
                .toList();
    }

    /// Who launched something is the server's to say: it is deleted with its owner, and a launched
    /// job reads the variables of its parent.
    private static Resource ofNobody(Resource wanted) {
        return wanted.withMetadata(wanted.metadata().withoutOwners());
    }

    private static Resource placed(Resource wanted) {
        boolean homeless = wanted.kind().namespaced() && wanted.metadata().namespace().isEmpty();
        return homeless
                ? wanted.withMetadata(wanted.metadata().in(Metadata.DEFAULT_NAMESPACE))
                : wanted;
    }

    private static Draft missing(Kind kind, ResourceName name) {
        return new Draft.Refused(
                Cause.NOT_FOUND, "%s %s does not exist".formatted(kind.text(), name));
    }

    private static Draft refused(Cause cause, Resource about, String what) {
        return new Draft.Refused(
                cause, "%s %s %s".formatted(about.kind().text(), about.name(), what));
    }
}
