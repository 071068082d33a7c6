package dev.drover.node.check;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What is known about the health of an allocation now.
public sealed interface HealthStep {
    /// It has been well for long enough.
    record Healthy() implements HealthStep {}

    /// It is not, and this is said for good.
    ///
    /// @param because by the name of each task at fault
    record Unhealthy(Map<String, String> because) implements HealthStep {
        public Unhealthy {
            because = Collections.unmodifiableMap(new TreeMap<>(because));
        }
    }

    /// Nobody can say yet. Unless something changes, there is nothing new before `until`.
    record Wait(Instant until) implements HealthStep {}
}
