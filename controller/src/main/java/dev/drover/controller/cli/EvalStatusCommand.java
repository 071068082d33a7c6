package dev.drover.controller.cli;

import dev.drover.controller.client.Type;
import dev.drover.manifests.model.Evaluation;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `drover eval status ID`: what the scheduler decided in one turn, and why.
final class EvalStatusCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.shows(
                        "eval status",
                        "Shows what the scheduler decided in one turn, and why.",
                        List.of("drover eval status 8f3a11c2", "drover eval status -o yaml 8f"))
                .addPositional(Options.required(0, "ID", "An evaluation's id, or its beginning."));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Evaluation evaluation =
                new Lookup(invocation.client(), invocation.namespace())
                        .one(Type.EVALUATIONS, invocation.required(0));
        if (!Documents.print(evaluation, invocation)) {
            new EvaluationPage(invocation.out(), invocation.now()).show(evaluation);
        }
        return 0;
    }
}
