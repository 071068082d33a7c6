package dev.drover.controller.cli;

import java.io.IOException;
import java.time.Duration;

/// Watches one after the other: a server ends each of them some day, the one who watches begins
/// another. A server that ends every one at once is broken.
final class Renewal {
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    /// Watches in a row that ended at once.
    private static final int MAX = 100;

    private long begun = System.nanoTime();
    private int count;

    /// A watch has ended.
    ///
    /// @param any whether it brought something
    /// @throws IOException when there is no sense in another one
    void ended(boolean any) throws IOException {
        long now = System.nanoTime();
        count = any || now - begun > AT_ONCE.toNanos() ? 0 : count + 1;
        begun = now;
        if (count == MAX) {
            throw new IOException("the server ends every watch at once");
        }
    }
}
