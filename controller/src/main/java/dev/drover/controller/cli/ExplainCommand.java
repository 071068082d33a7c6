package dev.drover.controller.cli;

import dev.drover.manifests.explain.CodePage;
import dev.drover.manifests.explain.FieldPage;
import dev.drover.manifests.shape.FieldDocs;
import dev.drover.manifests.tree.Code;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `drover explain E1203|job.group.update`: what a mistake's code or a field means, without a
/// server.
final class ExplainCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.command(
                        "explain",
                        "Says what a field or the code of a mistake means; needs no server.",
                        List.of(
                                "drover explain job.group.update",
                                "drover explain driver.exec",
                                "drover explain E1203"))
                .addPositional(
                        Options.required(
                                0,
                                "WHAT",
                                "A code, or the way to a field, written as in any syntax."));
    }

    @Override
    public int run(Invocation invocation) throws CommandFailure {
        String what = invocation.required(0);
        Optional<Code> code = CodePage.code(what);
        if (code.isPresent()) {
            invocation.out().text(CodePage.markdown(code.get()));
            return 0;
        }
        if (what.matches("[EWew]\\d+")) {
            throw new CommandFailure("there is no code " + what, "", "docs/errors lists them all");
        }
        return switch (new FieldPage(FieldDocs.read()).of(what)) {
            case FieldPage.Answer.Page(String text) -> {
                invocation.out().text(text);
                yield 0;
            }
            case FieldPage.Answer.Nothing(String why, String fix) ->
                    throw new CommandFailure(why, "", fix);
        };
    }
}
