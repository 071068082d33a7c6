package dev.drover.node.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;

/// The time since this machine was booted: nobody can set it, it goes on while the machine is
/// suspended, and all processes see the same.
public final class Uptime {
    private static final Libc CLOCK_GETTIME = Libc.function("clock_gettime");
    private static final int CLOCK_BOOTTIME = 7;

    private Uptime() {}

    /// Now.
    public static Duration now() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(ValueLayout.JAVA_LONG, 2);
            int error = CLOCK_GETTIME.call(CLOCK_BOOTTIME, time.address());
            if (error != 0) {
                throw new IllegalStateException("clock_gettime: " + Libc.text(-error));
            }
            return Duration.ofSeconds(
                    time.getAtIndex(ValueLayout.JAVA_LONG, 0),
                    time.getAtIndex(ValueLayout.JAVA_LONG, 1));
        }
    }
}
