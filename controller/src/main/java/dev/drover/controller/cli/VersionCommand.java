package dev.drover.controller.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `drover version`: which Drover this is.
final class VersionCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.command(
                "version",
                "Prints the version of this program.",
                List.of("drover version", "drover --version"));
    }

    @Override
    public int run(Invocation invocation) {
        invocation.out().line("Drover " + version());
        return 0;
    }

    /// As the build wrote it into the jar.
    static String version() {
        return Optional.ofNullable(VersionCommand.class.getPackage())
                .flatMap(p -> Optional.ofNullable(p.getImplementationVersion()))
                .orElse("(not packaged)");
    }
}
