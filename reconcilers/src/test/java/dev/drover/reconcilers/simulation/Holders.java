package dev.drover.reconcilers.simulation;

import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.HoldSpec;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Node;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.placement.Wakes;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.Write;
import dev.drover.store.typed.Write.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// Whoever holds jobs and nodes as they are, and releases them.
final class Holders {
    private final Tables tables;
    private final SplittableRandom random;
    private int count;
    private Instant rung = Instant.EPOCH;

    Holders(Tables tables, SplittableRandom random) {
        this.tables = tables;
        this.random = random;
    }

    /// Somebody holds something, or releases it.
    String act(Cluster cluster, Instant now) {
        Optional<Hold> one = cluster.holds().stream().findFirst();
        if (one.isPresent() && random.nextInt(3) > 0) {
            tables.commit(Write.of(new Step.Delete(one.get())));
            return one.get().target() + " is released";
        }
        boolean job = random.nextBoolean();
        List<String> names =
                job
                        ? cluster.jobs().stream().map(Job::metadata).map(Metadata::name).toList()
                        : cluster.nodes().stream().map(Node::metadata).map(Metadata::name).toList();
        return names.isEmpty()
                ? "there is nothing to hold"
                : hold(job ? Kind.JOB : Kind.NODE, names.get(random.nextInt(names.size())), now);
    }

    /// Somebody holds one of the jobs until it is released.
    String keep(Cluster cluster) {
        List<String> names = cluster.jobs().stream().map(job -> job.metadata().name()).toList();
        return names.isEmpty()
                ? "there is nothing to hold"
                : hold(Kind.JOB, names.get(random.nextInt(names.size())), Optional.empty());
    }

    private String hold(Kind kind, String name, Instant now) {
        Optional<Instant> until =
                random.nextInt(4) == 0
                        ? Optional.empty()
                        : Optional.of(now.plusSeconds(1 + random.nextInt(60)));
        return hold(kind, name, until);
    }

    private String hold(Kind kind, String name, Optional<Instant> until) {
        HoldSpec spec = new HoldSpec(kind, name, "ann", "she looks into it", until);
        tables.commit(
                Write.of(
                        new Step.Create(
                                new Hold(Metadata.named("default", "hold" + count++), spec))));
        return name + " is held" + until.map(end -> " until " + end).orElse("");
    }

    /// Nobody holds anything without an end any more.
    void release(Cluster cluster) {
        cluster.holds().stream()
                .filter(hold -> hold.spec().until().isEmpty())
                .forEach(hold -> tables.commit(Write.of(new Step.Delete(hold))));
    }

    /// What follows for the placer from holds whose time is over since it was asked last.
    Wakes over(Cluster view, Instant now) {
        Stream<Hold> over =
                view.holds().stream()
                        .filter(hold ->
                                hold.spec()
                                        .until()
                                        .filter(end -> end.isAfter(rung) && !end.isAfter(now))
                                        .isPresent());
        Wakes wakes = Wakes.of(over.map(hold -> ClusterChange.changed(hold, hold)).toList(), view);
        rung = now;
        return wakes;
    }
}
