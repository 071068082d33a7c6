package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Where;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DeploymentGroup;
import dev.drover.manifests.model.Job;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.PositionalParamSpec;

/// What the commands about deployments share.
final class Deployments {
    private static final Comparator<Deployment> NEWEST_FIRST =
            Comparator.comparing((Deployment d) ->
                            d.metadata().creationTimestamp().orElse(Instant.EPOCH))
                    .reversed();

    private Deployments() {}

    /// Those of a job, or of every job of the namespace; newest first.
    static List<Deployment> of(Optional<String> job, Client client, Invocation invocation)
            throws IOException {
        Where where = job.map(name -> Where.field("spec.jobName", name)).orElse(Where.ANY);
        return client.list(Type.DEPLOYMENTS, invocation.namespace(), where).items().stream()
                .sorted(NEWEST_FIRST)
                .toList();
    }

    /// The newest of a job's present life.
    static Optional<Deployment> latest(Job job, Client client) throws IOException {
        Where where = Where.field("spec.jobUid", job.metadata().uid().orElse(""));
        return client.list(Type.DEPLOYMENTS, job.metadata().namespace(), where).items().stream()
                .min(NEWEST_FIRST);
    }

    /// The one that somebody means by an id, by the beginning of one, or by the name of its job:
    /// then the one that goes on, else the newest.
    static Deployment meant(String typed, Client client, Invocation invocation)
            throws IOException, CommandFailure {
        List<Deployment> ofJob = of(Optional.of(typed), client, invocation);
        return ofJob.isEmpty()
                ? new Lookup(client, invocation.namespace()).one(Type.DEPLOYMENTS, typed)
                : ofJob.stream()
                        .filter(d -> d.status().phase().active())
                        .findFirst()
                        .orElse(ofJob.getFirst());
    }

    /// What every command takes that is about one.
    static PositionalParamSpec parameter() {
        return Options.required(
                0, "ID", "An id, the beginning of one, or the job that is deployed.");
    }

    /// The one of a job that is not over.
    static Deployment active(Job job, Client client, Invocation invocation)
            throws IOException, CommandFailure {
        return of(Optional.of(job.metadata().name()), client, invocation).stream()
                .filter(d -> job.metadata().uid().equals(Optional.of(d.spec().jobUid())))
                .filter(d -> d.status().phase().active())
                .findFirst()
                .orElseThrow(() ->
                        new CommandFailure(
                                "job \"" + job.metadata().name() + "\" is not being deployed",
                                "no deployment of it goes on",
                                "`drover deployment list` shows those that there were"));
    }

    static Table table(List<Deployment> deployments) {
        return new Table(
                List.of("ID", "Job ID", "Job Version", "Status", "Description"),
                deployments.stream()
                        .map(d ->
                                List.of(
                                        Ids.brief(d.metadata().name()),
                                        d.spec().jobName(),
                                        Integer.toString(d.spec().jobVersion()),
                                        Wording.word(d.status().phase()),
                                        d.status().because()))
                        .toList());
    }

    static void page(Deployment deployment, Out out) {
        out.fields(
                new Fields()
                        .add("ID", Ids.brief(deployment.metadata().name()))
                        .add("Job ID", deployment.spec().jobName())
                        .add("Job Version", deployment.spec().jobVersion())
                        .add("Status", Wording.word(deployment.status().phase()))
                        .add("Description", deployment.status().because())
                        .add("Until", deployment.status().until().map(Times::stamp).orElse("")));
        out.blank();
        out.title("Deployed");
        out.table(
                new Table(
                        List.of(
                                "Task Group",
                                "Promoted",
                                "Desired",
                                "Canaries",
                                "Placed",
                                "Healthy",
                                "Unhealthy",
                                "Progress Deadline"),
                        deployment.status().groups().entrySet().stream()
                                .map(group -> row(group.getKey(), group.getValue()))
                                .toList()));
    }

    private static List<String> row(String name, DeploymentGroup group) {
        return List.of(
                name,
                group.desiredCanaries() == 0 ? "N/A" : Boolean.toString(group.promoted()),
                Integer.toString(group.desiredTotal()),
                Integer.toString(group.desiredCanaries()),
                Integer.toString(group.placed()),
                Integer.toString(group.healthy()),
                Integer.toString(group.unhealthy()),
                Times.stamp(group.requireProgressBy()));
    }
}
