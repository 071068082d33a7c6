package dev.drover.node.artifact;

import java.time.Instant;
import java.time.InstantSource;

/// What unpacking has used up of its limits.
final class Budget {

    private final FetchLimits limits;
    private final long bytesMax;
    private final InstantSource clock;
    private final Instant deadline;
    private long bytes;
    private int entries;

    /// Of an archive of `packedBytes`.
    Budget(FetchLimits limits, long packedBytes, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
        this.deadline = clock.instant().plus(limits.time());
        long byRatio = Math.max(packedBytes * limits.ratio(), FetchLimits.RATIO_FROM_BYTES);
        this.bytesMax = Math.min(limits.bytes(), byRatio);
    }

    /// One more file, folder or link.
    void entry() throws FetchFailure {
        if (++entries > limits.files()) {
            throw new FetchFailure("more than " + limits.files() + " files");
        }
        inTime();
    }

    /// So many more unpacked bytes.
    void bytes(int more) throws FetchFailure {
        bytes += more;
        if (bytes > bytesMax) {
            throw new FetchFailure(
                    "unpacks to more than "
                            + bytesMax
                            + " bytes: beyond "
                            + limits.bytes()
                            + ", or "
                            + limits.ratio()
                            + " times its packed size");
        }
        inTime();
    }

    private void inTime() throws FetchFailure {
        if (clock.instant().isAfter(deadline)) {
            throw new FetchFailure("took longer than " + limits.time().toSeconds() + " s");
        }
    }

    int entries() {
        return entries;
    }
}
