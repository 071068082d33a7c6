package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Where;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobVersion;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/// The kept versions of a job.
final class Versions {
    private Versions() {}

    /// Those of this life of its name, newest first.
    static List<JobVersion> of(Job job, Client client) throws IOException {
        Where where = Where.field("spec.jobName", job.metadata().name());
        return client.list(Type.JOB_VERSIONS, job.metadata().namespace(), where).items().stream()
                .filter(v -> v.spec().jobUid().equals(job.metadata().uid().orElse("")))
                .sorted(Comparator.comparingInt((JobVersion v) -> v.spec().version()).reversed())
                .toList();
    }
}
