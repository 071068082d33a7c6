package dev.drover.node.artifact;

import java.time.Duration;

/// How much one artifact may cost the node.
///
/// @param bytes of the download, and of all unpacked files together
/// @param files unpacked, folders and links included
/// @param ratio of unpacked to downloaded bytes
/// @param time for everything, retries included
/// @param attempts of the download
record FetchLimits(long bytes, int files, int ratio, Duration time, int attempts) {

    /// Nomad allows 100 GB and 4,096 files; a FreeBSD base system has 20,000 files in 2 GB, so the
    /// first is far too much for a node and the second too little. Text packs at about 10 to 1,
    /// logs at 50; 200 leaves room and stops a bomb early.
    static final FetchLimits USUAL =
            new FetchLimits(8L << 30, 200_000, 200, Duration.ofMinutes(30), 4);

    /// Below this nobody asks for the ratio: zeros may well pack at 1000 to 1.
    static final long RATIO_FROM_BYTES = 10L << 20;
}
