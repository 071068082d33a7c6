package dev.drover.manifests.wire;

import java.time.Instant;
import java.util.Optional;

/// Which part of a task's output somebody wants; what is asked for together holds together.
///
/// @param fromEnd whether `offset` counts from the end
/// @param offset bytes left out from the start, or all but so many from the end
/// @param tail the last so many lines
/// @param since nothing that was written before; at most a second more
/// @param previous what the run before the latest one wrote
/// @param follow goes on until the task is over
public record LogPart(
        boolean fromEnd,
        long offset,
        Optional<Long> tail,
        Optional<Instant> since,
        boolean previous,
        boolean follow) {
    /// All there is by now.
    public static final LogPart ALL =
            new LogPart(false, 0, Optional.empty(), Optional.empty(), false, false);

    /// The same to the task's end.
    public LogPart followed() {
        return new LogPart(fromEnd, offset, tail, since, previous, true);
    }

    /// The same without what is left out from an end.
    public LogPart from(boolean end, long bytes) {
        return new LogPart(end, bytes, tail, since, previous, follow);
    }
}
