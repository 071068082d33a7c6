package dev.drover.node.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/// Where bytes go that somebody wants to see, as fast as they are taken.
public interface Sink {
    /// Sends these bytes; waits while nobody takes them.
    ///
    /// @throws InterruptedException when nobody listens any more
    void write(ByteBuffer bytes) throws IOException, InterruptedException;

    /// Waits for more to send, as long as somebody listens.
    ///
    /// @throws InterruptedException when nobody listens any more
    void pause(Duration max) throws InterruptedException;
}
