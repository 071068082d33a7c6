package dev.drover.store.durable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/// Counts sizes in buckets; any thread adds.
final class Histogram {
    private final double[] bounds;
    private final LongAdder[] counts;
    private final DoubleAdder sum = new DoubleAdder();

    /// @param bounds ascending; what is above the last one is counted too
    Histogram(double... bounds) {
        this.bounds = bounds.clone();
        this.counts = new LongAdder[bounds.length + 1];
        Arrays.setAll(counts, _ -> new LongAdder());
    }

    /// Of seconds: from a tenth of a millisecond, which a good disk needs for a sync, to ten
    /// seconds, after which nobody waits any more.
    static Histogram ofSeconds() {
        return new Histogram(
                0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 10);
    }

    void add(double size) {
        int bucket = Arrays.binarySearch(bounds, size);
        counts[bucket < 0 ? -bucket - 1 : bucket].increment();
        sum.add(size);
    }

    Distribution now() {
        List<Distribution.Bucket> buckets = new ArrayList<>();
        long below = 0;
        for (int i = 0; i < bounds.length; i++) {
            below += counts[i].sum();
            buckets.add(new Distribution.Bucket(bounds[i], below));
        }
        return new Distribution(buckets, below + counts[bounds.length].sum(), sum.sum());
    }
}
