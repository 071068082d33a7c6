package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Operations;
import dev.drover.controller.client.Refused;
import dev.drover.manifests.model.Explanation;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.ResourceName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `drover why JOB`: why it is not as it was asked for, node by node, and what would help.
final class WhyCommand implements Command {
    private static final String AT = "--at";

    private static final String SCORES = "--scores";

    private static final int NOT_FOUND = 404;

    @Override
    public CommandSpec spec() {
        return Options.shows(
                        "why",
                        "Says for every node why a job has no place there, and what would help.",
                        List.of(
                                "drover why web",
                                "drover why -at 2026-11-29T18:00:00Z web",
                                "drover why -scores web"))
                .addPositional(Options.required(0, "JOB", "A job, or the beginning of its name."))
                .addOption(Moment.option("As of a revision, a time, or how long ago."))
                .addOption(
                        Options.flag("How good nodes are for one more copy, and by what.", SCORES))
                .addOption(Options.flag("Every node, however many.", "--verbose"));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Client client = invocation.client();
        Optional<String> at = invocation.text(AT);
        ResourceName name =
                at.isPresent()
                        ? new ResourceName(invocation.namespace(), invocation.required(0))
                        : new Lookup(client, invocation.namespace())
                                .job(invocation.required(0))
                                .name();
        Optional<String> moment =
                at.isPresent()
                        ? Optional.of(Moment.read(at.get(), invocation.now()))
                        : Optional.empty();
        Explanation answer = answer(name, moment, invocation);
        if (!Documents.printAnswer(answer, invocation)) {
            show(answer, invocation);
        }
        return 0;
    }

    private static Explanation answer(
            ResourceName name, Optional<String> moment, Invocation invocation)
            throws IOException, CommandFailure {
        try {
            return new Operations(invocation.client()).why(name, moment, invocation.flag(SCORES));
        } catch (Refused e) {
            if (e.code() != NOT_FOUND || moment.isEmpty()) {
                throw e;
            }
            throw new CommandFailure(
                    "there was no job \"%s\" at %s".formatted(name.name(), moment.get()),
                    "looked in namespace \"%s\", for the whole name".formatted(name.namespace()),
                    "`drover history job %s` shows when it came".formatted(name.name()));
        }
    }

    private static void show(Explanation answer, Invocation invocation) {
        Job job = answer.job();
        Out out = invocation.out();
        out.line(
                "Job \"%s\" at revision %s: %s"
                        .formatted(job.metadata().name(), answer.revision(), job.state()));
        job.because().ifPresent(out::line);
        if (answer.shortages().isEmpty()) {
            out.line(placed(job));
        } else {
            out.blank();
            new ShortagePage(out, invocation.flag("--verbose")).show(answer.shortages());
        }
        new RankingPage(out, invocation.flag("--verbose")).show(answer.rankings());
    }

    private static String placed(Job job) {
        if (job.stopped()) {
            return "Nothing of it should run: it is stopped";
        }
        return job.because().isPresent()
                ? "Nothing of it waits for a place"
                : "Everything of it that should have a place has one";
    }
}
