package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Where;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobVersion;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

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

    /// The one with that number or tag.
    static JobVersion one(Job job, String typed, List<JobVersion> kept) throws CommandFailure {
        return kept.stream()
                .filter(v ->
                        Integer.toString(v.spec().version()).equals(typed)
                                || v.spec().tag().filter(typed::equals).isPresent())
                .findFirst()
                .orElseThrow(() -> unknown(job, typed, kept));
    }

    private static CommandFailure unknown(Job job, String typed, List<JobVersion> kept) {
        String numbers =
                kept.stream()
                        .map(v ->
                                v.spec().version()
                                        + v.spec().tag().map(" (%s)"::formatted).orElse(""))
                        .collect(Collectors.joining(", "));
        return new CommandFailure(
                "job \"%s\" has no version or tag \"%s\"".formatted(job.metadata().name(), typed),
                "kept are " + numbers,
                "choose one of these");
    }
}
