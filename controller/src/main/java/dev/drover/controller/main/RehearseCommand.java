package dev.drover.controller.main;

import dev.drover.controller.cli.Cli;
import dev.drover.controller.cli.Command;
import dev.drover.controller.cli.CommandFailure;
import dev.drover.controller.cli.CommandSource;
import dev.drover.controller.cli.Invocation;
import dev.drover.controller.cli.Options;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `drover rehearse LINE…`: several commands in one process, one after the other. Packaging records
/// one such run (`.ci/dist`), from which every command that was in it starts later. Not listed:
/// nobody else has a use for it.
final class RehearseCommand implements Command {
    private final Cli cli;

    /// Runs what `sources` know.
    RehearseCommand(List<CommandSource> sources) {
        cli = new Cli(sources);
    }

    @Override
    public CommandSpec spec() {
        return Options.command(
                        "rehearse",
                        "Runs several commands in one process.",
                        List.of("drover rehearse status 'get jobs'", "drover rehearse version"))
                .addPositional(Options.several("LINE", "A command with its words."));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure, InterruptedException {
        int worst = 0;
        for (String line : invocation.parameters()) {
            worst = Math.max(worst, cli.run(List.of(line.split(" ")), invocation.session()));
        }
        return worst;
    }
}
