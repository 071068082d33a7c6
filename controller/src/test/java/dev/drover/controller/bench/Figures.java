package dev.drover.controller.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What becomes of measurements.
final class Figures {
    private Figures() {}

    static double percentile(List<Double> values, int percent) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e6;
    }

    /// Lets what was started come to rest.
    static void settle(Duration length) throws InterruptedException {
        boolean never = new CountDownLatch(1).await(length.toMillis(), TimeUnit.MILLISECONDS);
        if (never) {
            throw new IllegalStateException("nobody counts down");
        }
    }

    static void print(Row row) {
        System.out.println(row);
    }
}
