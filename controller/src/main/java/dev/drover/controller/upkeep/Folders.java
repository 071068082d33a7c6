package dev.drover.controller.upkeep;

import dev.drover.controller.cli.CommandFailure;
import dev.drover.controller.cli.Invocation;
import java.nio.file.Path;

/// Where a server keeps what.
final class Folders {
    private Folders() {}

    /// The folder of a server that was named.
    static Path data(Invocation invocation) throws CommandFailure {
        return invocation
                .text("--data-dir")
                .map(Path::of)
                .orElseThrow(() ->
                        new CommandFailure(
                                "no folder is named",
                                "which one it is must be said: the wrong one would be costly",
                                "add --data-dir DIR, the folder the server is started with"));
    }

    /// The store in it.
    static Path store(Path data) {
        return data.resolve("store");
    }
}
