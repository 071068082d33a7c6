package dev.drover.node.check;

import java.time.Instant;
import java.util.Optional;

/// What a daemon must know of an allocation's health to go on where another one was killed.
///
/// @param deployment for which it is watched; another one begins anew
/// @param since when the watch began
/// @param healthy once it is decided
public record HealthMemory(Optional<String> deployment, Instant since, Optional<Boolean> healthy) {
    HealthMemory begun(Instant when) {
        return new HealthMemory(deployment, when, healthy);
    }

    HealthMemory decided(boolean how) {
        return new HealthMemory(deployment, since, Optional.of(how));
    }
}
