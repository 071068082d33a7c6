package dev.drover.node.driver;

import dev.drover.manifests.model.Exit;
import dev.drover.manifests.wire.TerminalSize;
import java.io.IOException;
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

    /// Its terminal has this size now; without one nothing happens.
    void resize(TerminalSize size) throws IOException;

    /// Waits for its end.
    Exit await() throws InterruptedException;

    @Override
    void close();
}
