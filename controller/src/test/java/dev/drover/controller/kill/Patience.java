package dev.drover.controller.kill;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;

/// Waits for what other processes do.
final class Patience {
    private Patience() {}

    /// Returns as soon as it is so.
    static void until(String what, Duration patience, Callable<Boolean> so) {
        await(what).atMost(patience).pollInterval(Duration.ofMillis(100)).until(so);
    }
}
