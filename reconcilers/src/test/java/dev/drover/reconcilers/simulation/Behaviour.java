package dev.drover.reconcilers.simulation;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Value;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.KeptVersion;
import java.util.Optional;

/// How the programs of a job behave, as its spec tells those who wrote the story.
record Behaviour(boolean runsToEnd, boolean bad) {
    /// The arguments of a version that never becomes healthy.
    static final String BAD = "bad";

    static Behaviour of(Allocation copy, Cluster cluster) {
        Optional<JobSpec> spec =
                Cluster.jobOf(copy)
                        .flatMap(cluster::job)
                        .flatMap(job -> cluster.version(job, copy.spec().jobVersion()))
                        .map(KeptVersion::effective);
        JobType type = spec.flatMap(JobSpec::type).orElse(JobType.SERVICE);
        return new Behaviour(
                type == JobType.BATCH || type == JobType.SYSBATCH,
                spec.filter(some -> command(some).equals(BAD)).isPresent());
    }

    private static String command(JobSpec spec) {
        Value command = spec.groups().getFirst().tasks().getFirst().config().get("command");
        return command instanceof Value.Text(String text) ? text : "";
    }
}
