package dev.drover.node.artifact;

import java.io.IOException;
import java.nio.file.Path;

/// Fetches one artifact into a folder.
@FunctionalInterface
public interface Fetcher {

    /// Fetches what the plan says; afterwards the folder holds `tree`, whose files belong where
    /// they lie beneath it.
    ///
    /// @param folder empty, and nobody else's
    /// @throws IOException with what was wrong, in words for the task's owner
    void fetch(FetchPlan plan, Path folder) throws IOException, InterruptedException;
}
