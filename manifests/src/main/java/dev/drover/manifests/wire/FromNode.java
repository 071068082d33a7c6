package dev.drover.manifests.wire;

import dev.drover.manifests.model.NodeStatus;
import java.util.List;
import java.util.Optional;

/// What a node says to the controller: JSON text frames with a `type`, and binary frames for stream
/// data.
public sealed interface FromNode {

    /// The first message of a link, and again whenever the node's own words changed.
    ///
    /// @param protocol the version of these messages, `Wire.PROTOCOL`
    /// @param name the node's name; unique in the cluster
    /// @param uid made once by the node and kept in its folder: a second machine of the same name
    ///   is refused
    /// @param status what the node says of itself; the server fills in what only it knows
    /// @param lastReport the highest sequence number it has ever sent
    record Register(int protocol, String name, String uid, NodeStatus status, long lastReport)
            implements FromNode {}

    /// It lives. Sent every `Registered.heartbeatEvery`; never stored.
    record Heartbeat() implements FromNode {}

    /// What became of allocations. Kept by the node until `ReportTaken` says that it is stored.
    ///
    /// @param sequence one higher for each report, over all restarts of the node
    record Report(long sequence, List<AllocationReport> allocations) implements FromNode {
        public Report {
            allocations = List.copyOf(allocations);
        }
    }

    /// A stream has ended.
    ///
    /// @param error absent when everything that was asked for has been sent
    record StreamEnd(int stream, Optional<String> error) implements FromNode {}

    /// More input may be sent on a stream.
    record InputCredit(int stream, int bytes) implements FromNode {}

    /// A task wants to know something of the cluster. The question stands for as long as the link
    /// and the allocation do: it is answered by a `Told` now, and by another one when that changes.
    ///
    /// @param question chosen by the node
    /// @param allocation one of the node's
    record Ask(long question, String namespace, String allocation, String task, Inquiry inquiry)
            implements FromNode {}

    /// An allocation of the node needs what the copy before it has left on another node. Answered
    /// by a stream that the server opens, `StreamRequest.Take`.
    record Fetch(String namespace, String allocation) implements FromNode {}
}
