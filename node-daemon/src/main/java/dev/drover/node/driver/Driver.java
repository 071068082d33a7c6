package dev.drover.node.driver;

import dev.drover.manifests.model.DriverState;
import java.io.IOException;

/// Runs tasks in one way. Knows nothing of jobs, restarts or the controller.
///
/// A driver keeps no memory of its own: where a run lives is in its [TaskRun], so that a daemon
/// that was killed asks [#recover] and gets everything back.
public interface Driver {
    /// As jobs name it.
    String name();

    /// Whether it can run tasks here, and if not, what is missing.
    DriverState fingerprint();

    /// Starts a run. Called once for each; after a doubt (the daemon was killed), [#recover] comes
    /// first.
    ///
    /// @throws IOException when this machine, not the job, is at fault: trying again may help
    Start start(TaskRun run) throws IOException, InterruptedException;

    /// Finds a run that may have been started before. Never starts one.
    Recovery recover(TaskRun run) throws IOException, InterruptedException;
}
