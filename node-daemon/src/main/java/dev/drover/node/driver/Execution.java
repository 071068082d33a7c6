package dev.drover.node.driver;

import dev.drover.manifests.model.Exit;
import java.io.InputStream;
import java.io.OutputStream;

/// A command that was started beside a task. Closing it kills the command if it still runs.
public interface Execution extends AutoCloseable {
    /// Its input.
    OutputStream stdin();

    /// Its output.
    InputStream stdout();

    /// Its errors.
    InputStream stderr();

    /// Waits for its end.
    Exit await() throws InterruptedException;

    @Override
    void close();
}
