package dev.drover.manifests.model;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// Copies that keep what a constructor was given and give it back in one fixed order.
final class Copies {
    private Copies() {}

    /// An unmodifiable copy sorted by key: `Map.copyOf` would iterate in another order in every
    /// JVM.
    static <V> Map<String, V> sorted(Map<String, V> map) {
        return map.isEmpty() // as most are: a record has many
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
