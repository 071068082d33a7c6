package dev.drover.controller.bench;

import dev.drover.controller.admit.Admission;
import dev.drover.controller.admit.Admitted;
import dev.drover.controller.admit.Terms;
import dev.drover.controller.server.ManifestRules;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.Resource;
import dev.drover.reconcilers.loop.Loops;
import dev.drover.store.Change;
import dev.drover.store.Commit;
import dev.drover.store.durable.DurableStore;
import dev.drover.store.durable.Settings;
import dev.drover.store.lease.Epoch;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.TypedDelivery;
import dev.drover.store.typed.TypedWatch;
import dev.drover.store.typed.WatchOptions;
import dev.drover.store.typed.Write;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What a server is made of, without what speaks: a durable store, the door for jobs, and every
/// loop, wired as the server wires them.
final class Core implements AutoCloseable {
    /// Nodes written in one transaction.
    private static final int NODES = 1_000;

    private final DurableStore store;
    private final Tables tables;
    private final Admission admission;
    private final Loops loops;

    Core(Path folder, List<Node> nodes) throws IOException, InterruptedException {
        InstantSource clock = InstantSource.system();
        store = DurableStore.open(folder, Settings.standard(), clock);
        tables = new Tables(store);
        Epoch epoch = Epoch.take(store, "bench");
        admission =
                new Admission(
                        tables,
                        epoch,
                        new ManifestRules(),
                        clock,
                        () -> UUID.randomUUID().toString());
        admission.prepare();
        add(nodes);
        loops = Loops.start(tables, clock, epoch);
    }

    /// Nodes that have registered.
    void add(List<Node> nodes) {
        for (int from = 0; from < nodes.size(); from += NODES) {
            List<Write.Step> steps = new ArrayList<>();
            nodes.subList(from, Math.min(nodes.size(), from + NODES))
                    .forEach(node -> steps.add(new Write.Step.Create(node)));
            done(tables.commit(new Write(steps, Optional.empty())));
        }
    }

    /// A node as it is, after a change.
    void replace(Node node) {
        done(tables.commit(Write.of(new Write.Step.Replace(node))));
    }

    Node node(String name) {
        return tables.nodes().get("", name).orElseThrow();
    }

    private static void done(Commit commit) {
        if (!(commit instanceof Commit.Done)) {
            throw new IllegalStateException("not written: " + commit);
        }
    }

    /// Admits a job, as if somebody had sent it.
    void admit(Job job) {
        if (admission.put(job, Terms.of("bench")) instanceof Admitted.Refused refused) {
            throw new IllegalStateException(refused.toString());
        }
    }

    /// What is written from now on.
    TypedWatch<Resource> watch() {
        return tables.watch(Set.of(Kind.ALLOCATION), WatchOptions.from(tables.revision().next()));
    }

    /// Waits until a watch has shown so many allocations that were not there before.
    static void await(TypedWatch<Resource> watch, int count) throws InterruptedException {
        int seen = 0;
        while (seen < count) {
            Optional<TypedDelivery<Resource>> next = watch.next(Duration.ofMinutes(2));
            switch (next.orElseThrow(() -> new IllegalStateException("nothing moves any more"))) {
                case TypedDelivery.Frame<Resource> frame ->
                        seen +=
                                (int)
                                        frame.changes().stream()
                                                .filter(c -> c.type() == Change.Type.ADDED)
                                                .filter(c -> c.current() instanceof Allocation)
                                                .count();
                case TypedDelivery.InitialDone<Resource> _, TypedDelivery.Bookmark<Resource> _ -> {}
                case TypedDelivery.TooOld<Resource> _, TypedDelivery.Forbidden<Resource> _ ->
                        throw new IllegalStateException("the watch fell behind");
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            loops.stop();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the benchmark is ended: its loops go with it
        }
        store.close();
    }
}
