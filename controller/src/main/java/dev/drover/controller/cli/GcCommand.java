package dev.drover.controller.cli;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `drover system gc`: removes what is over, now.
final class GcCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.client(
                "system gc",
                "Removes dead jobs, allocations and evaluations now instead of at their time.",
                List.of("drover system gc", "drover system gc --address 10.0.0.5:4646"));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        invocation.out().line(invocation.client().collectGarbage());
        return 0;
    }
}
