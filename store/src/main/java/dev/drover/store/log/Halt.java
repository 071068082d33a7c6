package dev.drover.store.log;

import org.slf4j.LoggerFactory;

/// What to do when a write or a sync has failed: nothing the disk holds is known any more, so a
/// server ends its process at once and finds out at the next start. A test looks on.
@FunctionalInterface
public interface Halt {
    /// Never to be followed by another write.
    void now(String why, RuntimeException cause);

    /// Ends the process without running anything else.
    static Halt process() {
        return (why, cause) -> {
            LoggerFactory.getLogger(Halt.class).error("stopping at once: {}", why, cause);
            Runtime.getRuntime().halt(70);
        };
    }
}
