package dev.drover.controller.cli;

import dev.drover.controller.client.Type;
import dev.drover.controller.client.Where;
import dev.drover.manifests.model.Evaluation;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `drover eval list [JOB]`: what the scheduler decided lately, newest first.
final class EvalListCommand implements Command {
    private static final Comparator<Evaluation> NEWEST_FIRST =
            Comparator.comparing((Evaluation e) ->
                            e.metadata().creationTimestamp().orElse(Instant.EPOCH))
                    .reversed();

    @Override
    public CommandSpec spec() {
        return Options.shows(
                        "eval list",
                        "Lists what the scheduler decided, newest first.",
                        List.of("drover eval list", "drover eval list web"))
                .addPositional(Options.optional(0, "JOB", "Only of this job."));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Where where =
                invocation.parameter(0).map(j -> Where.field("spec.jobName", j)).orElse(Where.ANY);
        List<Evaluation> all =
                invocation.client().list(Type.EVALUATIONS, invocation.namespace(), where).items();
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
