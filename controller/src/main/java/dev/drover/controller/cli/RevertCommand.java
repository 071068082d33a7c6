package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobVersion;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/// `drover job revert JOB VERSION`: submits a kept version once more, as a new one.
final class RevertCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.client(
                        "job revert",
                        "Goes back to a kept version of a job; it becomes a new version.",
                        List.of("drover job revert web 3", "drover job revert -detach web stable"))
                .addPositional(Options.required(0, "JOB", "A job, or the beginning of its name."))
                .addPositional(
                        Options.required(
                                1, "VERSION", "A number or a tag of `drover job history`."))
                .addOption(Options.flag("Only submits.", "--detach"));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure, InterruptedException {
        Client client = invocation.client();
        Job job = new Lookup(client, invocation.namespace()).job(invocation.required(0));
        JobVersion version = version(job, invocation.required(1), Versions.of(job, client));
        List<Allocation> before = Listings.allocationsOf(job, client);
        var reverted = new Job(job.metadata(), version.spec().job(), job.status());
        return Submission.of(client, invocation).report(client.apply(Type.JOBS, reverted), before);
    }

    private static JobVersion version(Job job, String typed, List<JobVersion> kept)
            throws CommandFailure {
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
