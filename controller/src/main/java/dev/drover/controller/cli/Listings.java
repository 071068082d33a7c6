package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Where;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Resource;
import java.io.IOException;
import java.util.List;

/// What belongs to a job, of every life of its name.
final class Listings {
    private Listings() {}

    /// Its allocations.
    static List<Allocation> allocationsOf(Job job, Client client) throws IOException {
        return of(Type.ALLOCATIONS, job, client);
    }

    /// Its evaluations.
    static List<Evaluation> evaluationsOf(Job job, Client client) throws IOException {
        return of(Type.EVALUATIONS, job, client);
    }

    /// The jobs that were launched out of it, by the clock or by somebody.
    static List<Job> launchedBy(Job parent, Client client) throws IOException {
        Where where =
                Where.field("metadata.ownerReferences.uid", parent.metadata().uid().orElse(""))
                        .beginning(parent.metadata().name() + "/");
        return client.list(Type.JOBS, parent.metadata().namespace(), where).items();
    }

    private static <T extends Resource> List<T> of(Type<T> type, Job job, Client client)
            throws IOException {
        Where where = Where.field("spec.jobName", job.metadata().name());
        return client.list(type, job.metadata().namespace(), where).items();
    }
}
