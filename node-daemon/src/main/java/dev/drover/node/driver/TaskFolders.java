package dev.drover.node.driver;

import java.nio.file.Path;

/// Where a task's files are on the host: `home` holds `local`, `secrets` and `tmp`; `shared` is the
/// allocation's, seen by all its tasks.
public record TaskFolders(Path home, Path shared) {
    /// The task's own files.
    public Path local() {
        return home.resolve("local");
    }

    /// What no other task and no person may read.
    public Path secrets() {
        return home.resolve("secrets");
    }

    /// Scratch space.
    public Path tmp() {
        return home.resolve("tmp");
    }

    /// Where the outputs of all tasks are.
    public Path logs() {
        return shared.resolve("logs");
    }
}
