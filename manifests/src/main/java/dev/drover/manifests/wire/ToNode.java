package dev.drover.manifests.wire;

import java.time.Duration;
import java.util.List;

/// What the controller says to a node: JSON text frames with a `type`.
public sealed interface ToNode {

    /// The link stands.
    ///
    /// @param clusterId a node that knows another one must not run its allocations under this one
    /// @param lastReport the highest report that is stored: later ones are sent again
    record Registered(String clusterId, Duration heartbeatEvery, long lastReport)
            implements ToNode {}

    /// The link is refused for good: the node prints why and tries again slowly.
    record Refused(String because) implements ToNode {}

    /// What the node should run. The first one of a link is whole; what it does not name must not
    /// run. Later ones name only what changed since.
    ///
    /// @param revision of the store; never lower than one sent before
    /// @param whole whether this is everything
    /// @param jobs the specs, defaults applied, that `assignments` refer to; each travels once per
    ///   link
    /// @param assignments new and changed
    /// @param gone ids that the store no longer holds: the node removes their folders
    record Desired(
            long revision,
            boolean whole,
            List<AssignedJob> jobs,
            List<Assignment> assignments,
            List<String> gone)
            implements ToNode {
        public Desired {
            jobs = List.copyOf(jobs);
            assignments = List.copyOf(assignments);
            gone = List.copyOf(gone);
        }
    }

    /// Every report up to this one is stored (or was not needed any more).
    record ReportTaken(long sequence) implements ToNode {}

    /// Somebody wants to see something. Answered by binary frames and one `StreamEnd`.
    ///
    /// @param stream chosen by the controller, unique on the link while it is open
    /// @param credit bytes the node may send before it waits for more
    record OpenStream(int stream, StreamRequest request, long credit) implements ToNode {}

    /// More may be sent on a stream.
    record Credit(int stream, long bytes) implements ToNode {}

    /// Nobody listens to the stream any more.
    record CancelStream(int stream) implements ToNode {}

    /// Input for a stream, no more than the node has given credit for (`ExecInput.CREDIT` first).
    record StreamInput(int stream, ExecInput input) implements ToNode {}

    /// What is known about a question that the node has asked, as of now.
    record Told(long question, Knowledge knowledge) implements ToNode {}
}
