package dev.drover.store.durable;

import java.util.List;

/// How often something was how large: a histogram as OpenMetrics has it.
///
/// @param buckets by ascending bounds; each counts the buckets below it too
/// @param count of all, those above the last bound included
/// @param sum of all
public record Distribution(List<Bucket> buckets, long count, double sum) {
    /// How many were not larger than a bound.
    public record Bucket(double upTo, long count) {}

    /// Takes a copy of the list.
    public Distribution {
        buckets = List.copyOf(buckets);
    }

    /// The smallest bound that a share of all is not above; infinite when there is none.
    ///
    /// @param share between 0 and 1
    public double quantile(double share) {
        return buckets.stream()
                .filter(bucket -> bucket.count() >= share * count)
                .mapToDouble(Bucket::upTo)
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
    }
}
