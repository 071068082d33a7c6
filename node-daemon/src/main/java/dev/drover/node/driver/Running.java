package dev.drover.node.driver;

import dev.drover.manifests.model.Exit;
import dev.drover.manifests.wire.TerminalSize;
import dev.drover.node.os.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A run that was started. Every verb may be called at any time, also after the end.
public interface Running {
    /// Waits for its end. Then nothing of it runs any more and its output is complete.
    Exit await() throws InterruptedException;

    /// How it ended, if it does so within the time.
    Optional<Exit> await(Duration max) throws InterruptedException;

    /// What people should know of its end beside how it ended; empty before, and mostly.
    default Optional<String> remark() {
        return Optional.empty();
    }

    /// Signals its main process; false when that is gone.
    boolean signal(Signal signal) throws IOException;

    /// Ends it: `first`, and after `grace` a kill of everything that is left. Returns when it has
    /// ended.
    Exit stop(Signal first, Duration grace) throws IOException, InterruptedException;

    /// What it uses now; empty after the end.
    Optional<Usage> stats() throws IOException;

    /// Runs another command beside it, in the same surroundings.
    ///
    /// @param terminal the size of the one it gets; pipes when absent
    Execution exec(List<String> command, Optional<TerminalSize> terminal) throws IOException;

    /// The same, on pipes.
    default Execution exec(List<String> command) throws IOException {
        return exec(command, Optional.empty());
    }

    /// Stops watching it. It runs on, for another daemon to recover.
    void leave();
}
