package dev.drover.node.hook;

import dev.drover.node.driver.Running;
import dev.drover.node.os.Signal;
import java.time.Duration;

/// What somebody who accompanies a run may do to it.
public interface RunControl {
    /// The run.
    Running running();

    /// Waits.
    ///
    /// @throws InterruptedException when the run is over, or nobody watches it any more
    void pause(Duration time) throws InterruptedException;

    /// Waits for a random part of that time, so that many tasks do not do the same at once.
    void splay(Duration max) throws InterruptedException;

    /// Ends this run for another one, at once; it counts for no policy.
    void restart(String because);

    /// Ends it for good: it has failed.
    void fail(String because);

    /// Signals the task.
    void signal(Signal signal, String because);

    /// Tells people something of it.
    void tell(String type, String message);
}
