package dev.drover.node.artifact;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Fetches one artifact into a folder.
@FunctionalInterface
public interface Fetcher {

    /// Fetches what the plan says; afterwards the folder holds `tree`, whose files belong where
    /// they lie beneath it.
    ///
    /// @param folder nobody else's, and empty, or with what was downloaded before
    /// @param progress hears how far the download is, some times a second at most
    /// @throws IOException with what was wrong, in words for the task's owner
    void fetch(FetchPlan plan, Path folder, Consumer<Progress> progress)
            throws IOException, InterruptedException;

    /// So many bytes have come, of so many; -1 when nobody knows.
    record Progress(long bytes, long total) {}
}
