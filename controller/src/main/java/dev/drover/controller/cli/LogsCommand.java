package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.LogRequest;
import dev.drover.controller.client.Reply;
import dev.drover.controller.client.Type;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.ResourceName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/// `drover logs [-f] [-stderr] ID [TASK]`: what a task prints, byte for byte; of a job, what all
/// its tasks print, line by line.
final class LogsCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Options.client(
                        "logs",
                        "Prints what a task wrote to its output.",
                        List.of(
                                "drover logs 1c4f9a02",
                                "drover logs -f -stderr 1c4f9a02 web",
                                "drover logs -f web"))
                .addPositional(
                        Options.required(
                                0, "ID", "An allocation's id, or its beginning; or a job."))
                .addPositional(
                        Options.optional(1, "TASK", "A task; needed when there are several."))
                .addOption(Options.flag("Goes on until the task or job is over.", "-f", "--follow"))
                .addOption(Options.flag("The error output.", "--stderr"))
                .addOption(Options.flag("The standard output (as without it).", "--stdout"));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure, InterruptedException {
        Client client = invocation.client();
        Optional<Job> job =
                client.find(
                        Type.JOBS,
                        new ResourceName(invocation.namespace(), invocation.required(0)));
        if (job.isPresent()) {
            new JobLogs(
                            client,
                            invocation.out(),
                            invocation.flag("--stderr"),
                            invocation.flag("--follow"))
                    .show(job.get());
            return 0;
        }
        Allocation allocation =
                new Lookup(client, invocation.namespace())
                        .one(Type.ALLOCATIONS, invocation.required(0));
        var wanted =
                new LogRequest(
                        allocation.metadata().namespace(),
                        allocation.id(),
                        task(allocation, invocation),
                        invocation.flag("--stderr"),
                        invocation.flag("--follow"));
        try (Reply reply = client.logs(wanted)) {
            invocation.out().bytes(reply.body());
        }
        return 0;
    }

    /// The task that was named, or the only one there is.
    private static String task(Allocation allocation, Invocation invocation) throws CommandFailure {
        Set<String> tasks = allocation.status().tasks().keySet();
        if (invocation.parameter(1).isPresent()) {
            return invocation.required(1);
        }
        if (tasks.size() > 1) {
            throw new CommandFailure(
                    "allocation \"" + Ids.brief(allocation.id()) + "\" has several tasks",
                    "they are " + String.join(", ", tasks),
                    "name one: drover logs " + Ids.brief(allocation.id()) + " TASK");
        }
        return tasks.stream().findFirst().orElse("");
    }
}
