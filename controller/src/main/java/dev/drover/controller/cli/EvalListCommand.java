package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Where;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.EvaluationOutcome;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `drover eval list [JOB]`: what the scheduler decided lately, newest first.
final class EvalListCommand implements Command {
    private static final String JOB = "--job";
    private static final String STATUS = "--status";
    private static final Comparator<Evaluation> NEWEST_FIRST =
            Comparator.comparing((Evaluation e) ->
                            e.metadata().creationTimestamp().orElse(Instant.EPOCH))
                    .reversed();

    @Override
    public CommandSpec spec() {
        return Options.shows(
                        "eval list",
                        "Lists what the scheduler decided, newest first.",
                        List.of("drover eval list web", "drover eval list -status blocked"))
                .addPositional(Options.optional(0, "JOB", "Only of this job."))
                .addOption(Options.text("JOB", "The same, as Nomad has it.", JOB))
                .addOption(Options.text("STATUS", "Only blocked, or only complete ones.", STATUS));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Optional<EvaluationOutcome> status = status(invocation);
        List<Evaluation> all =
                ofJob(invocation.parameter(0).or(() -> invocation.text(JOB)), invocation).stream()
                        .filter(e -> status.isEmpty() || status.get() == e.status().outcome())
                        .toList();
        if (!Documents.print(all, invocation)) {
            List<List<String>> rows =
                    all.stream().sorted(NEWEST_FIRST).map(e -> row(e, invocation.now())).toList();
            invocation
                    .out()
                    .table(
                            new Table(
                                    List.of(
                                            "ID",
                                            "Job",
                                            "Version",
                                            "Triggered By",
                                            "Status",
                                            "Created",
                                            "Decision"),
                                    rows));
        }
        return 0;
    }

    /// Of the job that somebody means, which may be gone; of all jobs when none is named.
    private static List<Evaluation> ofJob(Optional<String> typed, Invocation invocation)
            throws IOException, CommandFailure {
        Client client = invocation.client();
        Where where = typed.map(job -> Where.field("spec.jobName", job)).orElse(Where.ANY);
        List<Evaluation> all = client.list(Type.EVALUATIONS, invocation.namespace(), where).items();
        return all.isEmpty() && typed.isPresent()
                ? Listings.evaluationsOf(
                        new Lookup(client, invocation.namespace()).job(typed.get()), client)
                : all;
    }

    private static Optional<EvaluationOutcome> status(Invocation invocation) throws CommandFailure {
        Optional<String> typed = invocation.text(STATUS);
        for (EvaluationOutcome outcome : EvaluationOutcome.values()) {
            if (typed.filter(Wording.word(outcome)::equals).isPresent()) {
                return Optional.of(outcome);
            }
        }
        if (typed.isPresent()) {
            throw new CommandFailure(
                    "no evaluation is \"" + typed.get() + "\"",
                    "what is decided is complete, and what has no place is blocked",
                    "write -status complete or -status blocked");
        }
        return Optional.empty();
    }

    private static List<String> row(Evaluation evaluation, Instant now) {
        return List.of(
                Ids.brief(evaluation.metadata().name()),
                evaluation.spec().jobName(),
                Integer.toString(evaluation.spec().jobVersion()),
                evaluation.spec().trigger(),
                Wording.word(evaluation.status().outcome()),
                Times.ago(evaluation.metadata().creationTimestamp(), now),
                evaluation.status().because());
    }
}
