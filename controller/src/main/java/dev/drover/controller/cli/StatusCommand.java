package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Where;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Kind;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `drover status [JOB]`: all jobs, or one with its groups and allocations; and why something does
/// not run.
final class StatusCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Options.shows(
                        "status",
                        "Shows all jobs, or one job with its allocations and what holds it up.",
                        List.of("drover status", "drover status web", "drover status -o json web"))
                .addPositional(Options.optional(0, "JOB", "A job, or the beginning of its name."));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Client client = invocation.client();
        Optional<String> typed = invocation.parameter(0);
        if (typed.isEmpty()) {
            list(client, invocation);
        } else {
            one(client, typed.get(), invocation);
        }
        return 0;
    }

    private static void list(Client client, Invocation invocation)
            throws IOException, CommandFailure {
        String namespace = invocation.namespace();
        if (invocation.format().table()) {
            new JobPage(invocation.out(), invocation.now())
                    .list(client.table(Kind.JOB, namespace).rows());
        } else {
            Documents.print(client.list(Type.JOBS, namespace, Where.ANY).items(), invocation);
        }
    }

    private static void one(Client client, String typed, Invocation invocation)
            throws IOException, CommandFailure {
        Job job = new Lookup(client, invocation.namespace()).job(typed);
        if (Documents.print(job, invocation)) {
            return;
        }
        new JobPage(invocation.out(), invocation.now())
                .one(
                        job,
                        new JobPage.Belongings(
                                Listings.evaluationsOf(job, client).stream().max(byAge()),
                                Deployments.latest(job, client),
                                job.template() ? Listings.launchedBy(job, client) : List.of(),
                                Listings.allocationsOf(job, client)));
        Held.in(client, invocation).show(job, invocation.out());
    }

    /// Made when it is needed: most calls list jobs.
    private static Comparator<Evaluation> byAge() {
        return Comparator.comparing(e -> e.metadata().creationTimestamp().orElse(Instant.EPOCH));
    }
}
