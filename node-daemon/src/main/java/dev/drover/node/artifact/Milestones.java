package dev.drover.node.artifact;

import java.util.Optional;

/// What of a download's progress is worth an event: a task keeps ten of them, and most downloads
/// are over before anybody looks. Each quarter of what is large; where nobody knows how much will
/// come, every doubling.
final class Milestones {
    /// Below this a download is over before anybody looks.
    private static final long WORTH_BYTES = 32L << 20;

    /// Of one download: six doublings from 32 MiB are 2 GiB.
    private static final int EVENTS_MAX = 6;

    private final String name;
    private long next = WORTH_BYTES;
    private int told;

    Milestones(String name) {
        this.name = name;
    }

    /// The sentence to tell now, if there is one.
    Optional<String> reached(Fetcher.Progress progress) {
        if (progress.total() >= 0 && progress.total() < WORTH_BYTES) {
            return Optional.empty();
        }
        if (progress.total() >= 0) {
            next = Math.max(next, progress.total() / 4);
        }
        if (progress.bytes() < next || told == EVENTS_MAX) {
            return Optional.empty();
        }
        told++;
        next =
                progress.total() >= 0
                        ? (progress.bytes() / (progress.total() / 4) + 1) * (progress.total() / 4)
                        : progress.bytes() * 2;
        return Optional.of(
                name
                        + ": "
                        + mib(progress.bytes())
                        + (progress.total() >= 0 ? " of " + mib(progress.total()) : "")
                        + " MiB");
    }

    private static long mib(long bytes) {
        return bytes >> 20;
    }
}
