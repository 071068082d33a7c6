package dev.drover.controller.nodes;

import java.time.Duration;

/// How long things may take on a link.
///
/// @param heartbeatEvery how often a node says that it lives
/// @param grace silence after which a node is down
/// @param registerWait until the first message of a link
public record LinkTimes(Duration heartbeatEvery, Duration grace, Duration registerWait) {

    /// What the product uses.
    public static final LinkTimes STANDARD =
            new LinkTimes(
                    Duration.ofSeconds(5), // 10,000 nodes: 2,000 small messages a second
                    Duration.ofSeconds(20), // three lost ones, and a pause for garbage
                    Duration.ofSeconds(10));

    /// The least grace that can be asked for: below it a pause for garbage is a lost node.
    public static final Duration GRACE_MIN = Duration.ofSeconds(1);

    /// The same with another grace: a node says that it lives four times in it, so that three of
    /// these may be lost, and not less often than usual.
    public LinkTimes withGrace(Duration other) {
        Duration quarter = other.dividedBy(4);
        return new LinkTimes(
                quarter.compareTo(heartbeatEvery) < 0 ? quarter : heartbeatEvery,
                other,
                registerWait);
    }
}
