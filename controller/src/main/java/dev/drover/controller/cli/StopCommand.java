package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Written;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `drover stop JOB`: stops everything of a job.
final class StopCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.client(
                        "stop",
                        "Stops a job; it stays known until it is purged or its time has come.",
                        List.of("drover stop web", "drover stop -purge web"))
                .addPositional(Options.required(0, "JOB", "A job, or the beginning of its name."))
                .addOption(Options.flag("Forgets the job as well.", "--purge"))
                .addOption(Options.flag("Does not wait until it has stopped.", "--detach"))
                .addOption(
                        Options.flag(
                                "Also the job of which only the beginning was typed.",
                                "--yes",
                                "-y"));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure, InterruptedException {
        Client client = invocation.client();
        Job job = meant(client, invocation);
        int code = job.stopped() ? already(client, job, invocation) : stop(client, job, invocation);
        if (code == 0 && invocation.flag("--purge")) {
            client.delete(Kind.JOB, job.name());
            invocation.out().line("Job \"" + job.metadata().name() + "\" is purged");
        }
        return code;
    }

    /// What is mistyped may begin the name of something else that runs.
    private static Job meant(Client client, Invocation invocation)
            throws IOException, CommandFailure {
        String typed = invocation.required(0);
        Job job = new Lookup(client, invocation.namespace()).job(typed);
        String name = job.metadata().name();
        if (!name.equals(typed) && !invocation.flag("--yes")) {
            throw new CommandFailure(
                    "there is no job \"" + typed + "\", and nothing was stopped",
                    "only \"" + name + "\" begins so",
                    "type the whole name, or -yes when that one is meant");
        }
        return job;
    }

    /// Somebody has asked before; what that has not ended yet is waited for as by him.
    private static int already(Client client, Job job, Invocation invocation)
            throws IOException, InterruptedException {
        List<Allocation> all = Listings.allocationsOf(job, client);
        long left =
                all.stream()
                        .filter(a -> job.metadata().uid().equals(Optional.of(a.spec().jobUid())))
                        .filter(a -> !a.status().phase().terminal())
                        .count();
        String subject = "Job \"" + job.metadata().name() + "\" is ";
        if (left == 0) {
            invocation.out().line(subject + "stopped already");
            return 0;
        }
        if (invocation.flag("--detach")) {
            invocation
                    .out()
                    .line(
                            "%stold to stop already; %s left"
                                    .formatted(
                                            subject,
                                            left == 1
                                                    ? "1 allocation is"
                                                    : left + " allocations are"));
            return 0;
        }
        return new Monitor(client, invocation.out(), invocation.session().clock()).follow(job, all);
    }

    private static int stop(Client client, Job job, Invocation invocation)
            throws IOException, InterruptedException {
        List<Allocation> before = Listings.allocationsOf(job, client);
        Written<Job> written = client.stop(job.name());
        return Submission.of(client, invocation).report(written, before);
    }
}
