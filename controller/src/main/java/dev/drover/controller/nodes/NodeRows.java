package dev.drover.controller.nodes;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.wire.AllocationReport;
import dev.drover.manifests.wire.FromNode.Register;
import dev.drover.manifests.wire.FromNode.Report;
import dev.drover.store.Commit;
import dev.drover.store.lease.Epoch;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.Write;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What is written because of a node: its row, and the status of its own allocations. Every write
/// is bound to the server's epoch and to what it has seen; who loses a race looks again.
final class NodeRows {
    /// Races lost in a row before we say that something is wrong: loops write at most a few times
    /// in the same moment.
    private static final int ATTEMPTS = 50;

    private final Tables tables;
    private final Epoch epoch;
    private final InstantSource clock;

    NodeRows(Tables tables, Epoch epoch, InstantSource clock) {
        this.tables = tables;
        this.epoch = epoch;
        this.clock = clock;
    }

    /// Takes a node in, or says why not.
    ///
    /// @throws IOException when the store did not take the write
    Registration register(Register register) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            Registration registration =
                    Registration.of(
                            register,
                            tables.nodes().get(Registration.name(register)),
                            reported(register.name()),
                            clock.instant());
            Optional<Write.Step> step =
                    switch (registration) {
                        case Registration.New(Node node) ->
                                Optional.of(new Write.Step.Create(node));
                        case Registration.Changed(Node node) ->
                                Optional.of(new Write.Step.Replace(node));
                        case Registration.Same _, Registration.Refused _ -> Optional.empty();
                    };
            if (step.isEmpty() || done(tables.commit(bound(step.get())))) {
                return registration;
            }
        }
        throw raced("node " + register.name());
    }

    /// The highest report of the node that is stored. Kept by its allocations: a row of its own
    /// would be written with every report, and wake every loop that looks at nodes.
    long reported(String node) {
        long row = tables.nodes().get("", node).map(n -> n.status().reported()).orElse(0L);
        return tables.allocationIndex().onNode(node).stream()
                .mapToLong(a -> a.status().reported())
                .reduce(row, Math::max);
    }

    /// Stores what is news in a report, with one wait for the disk.
    ///
    /// @throws IOException when the store did not take the write
    void report(String node, Report report) throws IOException {
        List<AllocationReport> rest = report.allocations();
        for (int i = 0; i < ATTEMPTS && !rest.isEmpty(); i++) {
            rest = attempt(node, report.sequence(), rest);
        }
        if (!rest.isEmpty()) {
            throw raced("allocation " + rest.getFirst().id());
        }
    }

    /// Writes what it can; answers what lost a race.
    private List<AllocationReport> attempt(String node, long sequence, List<AllocationReport> said)
            throws IOException {
        List<AllocationReport> news = new ArrayList<>();
        List<Write> writes = new ArrayList<>();
        for (AllocationReport one : said) {
            ResourceName name = new ResourceName(one.namespace(), one.id());
            Optional<Allocation> changed =
                    tables.allocations()
                            .get(name)
                            .flatMap(a -> ReportedStatus.apply(a, node, sequence, one.status()));
            if (changed.isPresent()) {
                news.add(one);
                writes.add(bound(new Write.Step.Replace(changed.get())));
            }
        }
        List<Commit> commits = tables.commitAll(writes);
        List<AllocationReport> lost = new ArrayList<>();
        for (int i = 0; i < commits.size(); i++) {
            if (!done(commits.get(i))) {
                lost.add(news.get(i));
            }
        }
        return lost;
    }

    /// Writes that a node is silent; one that is down already, or gone, stays as it is.
    ///
    /// @throws IOException when the store did not take the write
    void silent(String name, Duration since) throws IOException {
        Instant last = clock.instant().minus(since).truncatedTo(ChronoUnit.SECONDS);
        String because = "not heard of since " + last;
        // known to be silent: the loops decide what becomes of it then
        become(name, known -> !known.silent(), NodePhase.DOWN, because);
    }

    /// Writes that a node that was thought silent is not: it may have spoken in the moment in which
    /// that was written. Any other stays as it is.
    ///
    /// @throws IOException when the store did not take the write
    void heard(String name) throws IOException {
        become(name, NodePhase::silent, NodePhase.READY, "it is connected");
    }

    private void become(String name, Predicate<NodePhase> from, NodePhase phase, String because)
            throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            Optional<Node> node =
                    tables.nodes()
                            .get("", name)
                            .filter(n -> from.test(n.status().phase()))
                            .map(n -> n.withStatus(n.status().in(phase, because, clock.instant())));
            if (node.isEmpty() || done(tables.commit(bound(new Write.Step.Replace(node.get()))))) {
                return;
            }
        }
        throw raced("node " + name);
    }

    private Write bound(Write.Step step) {
        return Write.of(step, new Write.Step.Under(epoch));
    }

    /// Whether it is done; false when somebody else was faster.
    private boolean done(Commit commit) throws IOException {
        return switch (commit) {
            case Commit.Done _ -> true;
            case Commit.Conflict conflict when conflict.key().equals(epoch.stillMine().key()) ->
                    throw new IOException("another server leads now");
            case Commit.Conflict _ -> false;
            case Commit.Unknown(String why) -> throw new IOException(why);
            case Commit.Refused(String why) -> throw new IOException(why);
        };
    }

    private static IOException raced(String what) {
        return new IOException("%s changes faster than it can be written".formatted(what));
    }
}
