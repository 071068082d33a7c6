package dev.drover.controller.cli;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.drover.controller.client.Client;
import dev.drover.controller.client.LogRequest;
import dev.drover.controller.client.Reply;
import dev.drover.controller.client.Type;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.wire.LogPart;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/// `drover logs [-f] [-stderr] [-task T] ID [TASK]`: what a task prints, byte for byte; of a job,
/// what all its tasks print, line by line.
final class LogsCommand implements Command {
    private static final Set<String> TAIL = Set.of("-tail", "--tail", "-n");
    private static final Set<String> BYTES = Set.of("-c", "-bytes", "--bytes");
    private static final java.util.regex.Pattern NUMBER = java.util.regex.Pattern.compile("[0-9]+");

    @Override
    public CommandSpec spec() {
        return Options.client(
                        "logs",
                        "Prints what a task wrote to its output.",
                        List.of(
                                "drover logs 1c4f9a02",
                                "drover logs -f -stderr 1c4f9a02 web",
                                "drover logs -f web",
                                "drover logs --since 10m --grep 'error|warn' web",
                                "drover logs --previous --tail 20 1c4f9a02"))
                .addPositional(
                        Options.required(
                                0, "ID", "An allocation's id, or its beginning; or a job."))
                .addPositional(
                        Options.optional(1, "TASK", "A task; needed when there are several."))
                .addOption(Options.text("TASK", "Another way to name a task.", "--task"))
                .addOption(Options.flag("Goes on until the task or job is over.", "-f", "--follow"))
                .addOption(Options.text("N", "Only the last N lines; `-tail -n N`, too.", "--tail"))
                .addOption(Options.text("N", "Only the last N bytes.", "-c", "--bytes"))
                .addOption(
                        Options.text(
                                "TIME|AGO",
                                "Only what was written then or later: 2026-11-24T18:45:00Z, 10m.",
                                "--since"))
                .addOption(
                        Options.text(
                                "PATTERN",
                                "Only lines in which this RE2 pattern is found.",
                                "--grep"))
                .addOption(Options.flag("Of the run before the latest one.", "-p", "--previous"))
                .addOption(Options.flag("The error output.", "--stderr"))
                .addOption(Options.flag("The standard output (as without it).", "--stdout"));
    }

    /// Nomad's `-tail` is a flag, of ten lines unless `-n 50` (where a namespace is written here)
    /// or `-c 100` says how much: each alone, too.
    @Override
    public List<String> typed(List<String> words) {
        List<String> typed = new ArrayList<>();
        boolean tail = false;
        boolean amount = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean number = i + 1 < words.size() && NUMBER.matcher(words.get(i + 1)).matches();
            if (number && TAIL.contains(word)) {
                amount = true;
                typed.add("--tail=" + words.get(++i));
            } else if (TAIL.contains(word) && !word.equals("-n")) {
                tail = true;
            } else {
                amount |= BYTES.contains(word);
                typed.add(word);
            }
        }
        if (tail && !amount) {
            typed.addFirst("--tail=10");
        }
        return typed;
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure, InterruptedException {
        Client client = invocation.client();
        Optional<String> grep = pattern(invocation);
        Optional<Job> job =
                client.find(
                        Type.JOBS,
                        new ResourceName(invocation.namespace(), invocation.required(0)));
        LogRequest wanted =
                new LogRequest("", "", "", invocation.flag("--stderr"), part(invocation), grep);
        if (job.isPresent() && job.get().template()) {
            throw runsNothing(job.get(), client);
        }
        if (job.isPresent()) {
            new JobLogs(
                            client,
                            invocation.out(),
                            wanted,
                            task(job.get(), invocation),
                            invocation.session().clock())
                    .show(job.get());
            return 0;
        }
        Allocation allocation =
                new Lookup(client, invocation.namespace())
                        .one(Type.ALLOCATIONS, invocation.required(0));
        try (Reply reply =
                client.logs(
                        wanted.of(
                                allocation.metadata().namespace(),
                                allocation.id(),
                                task(allocation, invocation)))) {
            invocation.out().bytes(reply.body());
        }
        return 0;
    }

    private static CommandFailure runsNothing(Job parent, Client client) throws IOException {
        String name = parent.metadata().name();
        Optional<String> newest =
                Listings.launchedBy(parent, client).stream()
                        .map(Job::metadata)
                        .max(
                                Comparator.comparing(
                                        launch -> launch.creationTimestamp().orElse(Instant.MIN)))
                        .map(launch -> launch.name());
        return new CommandFailure(
                "job \"" + name + "\" runs nothing itself",
                newest.isPresent()
                        ? "what it launches has the output"
                        : "what it launches has the output, and there is nothing yet",
                newest.map(launch -> "the newest is `drover logs " + launch + "`").orElse(""));
    }

    /// Refused here, once: every allocation of a job would refuse it again.
    private static Optional<String> pattern(Invocation invocation) throws CommandFailure {
        Optional<String> text = invocation.text("--grep");
        try {
            text.ifPresent(Pattern::compile);
        } catch (PatternSyntaxException e) {
            throw new CommandFailure(
                    "--grep " + text.orElse("") + " is no pattern",
                    e.getDescription() + ": " + e.getPattern(),
                    "write it as RE2 has it; before a character that means itself stands a \\");
        }
        return text;
    }

    private static LogPart part(Invocation invocation) throws CommandFailure {
        Optional<Long> bytes = number(invocation, "--bytes");
        Optional<String> since = invocation.text("--since");
        return new LogPart(
                bytes.isPresent(),
                bytes.orElse(0L),
                number(invocation, "--tail"),
                since.isPresent()
                        ? Optional.of(Moment.time(since.get(), invocation.now()))
                        : Optional.empty(),
                invocation.flag("--previous"),
                invocation.flag("--follow"));
    }

    static Optional<Long> number(Invocation invocation, String option) throws CommandFailure {
        Optional<String> text = invocation.text(option);
        if (text.isPresent() && !text.get().matches("[0-9]{1,18}")) {
            throw new CommandFailure(
                    option + " " + text.get() + " is no number", "", "write " + option + " 20");
        }
        return text.map(Long::valueOf);
    }

    private static Optional<String> named(Invocation invocation) {
        return invocation.text("--task").or(() -> invocation.parameter(1));
    }

    /// The task that was named; of a job all of them otherwise.
    private static Optional<String> task(Job job, Invocation invocation) throws CommandFailure {
        Optional<String> named = named(invocation);
        Set<String> tasks =
                job.spec().groups().stream()
                        .flatMap(group -> group.tasks().stream())
                        .map(Task::name)
                        .collect(Collectors.toCollection(TreeSet::new));
        if (named.isPresent() && !tasks.contains(named.get())) {
            throw new CommandFailure(
                    "job \"" + job.metadata().name() + "\" has no task " + named.get(),
                    "its tasks are " + String.join(", ", tasks),
                    "name one of these");
        }
        return named;
    }

    /// The task that was named, or the only one there is.
    private static String task(Allocation allocation, Invocation invocation) throws CommandFailure {
        Optional<String> named = named(invocation);
        if (named.isPresent()) {
            return named.get();
        }
        Set<String> tasks = allocation.status().tasks().keySet();
        if (tasks.size() > 1) {
            throw new CommandFailure(
                    "allocation \"" + Ids.brief(allocation.id()) + "\" has several tasks",
                    "they are " + String.join(", ", tasks),
                    "name one: drover logs " + Ids.brief(allocation.id()) + " TASK");
        }
        return tasks.stream().findFirst().orElse("");
    }
}
