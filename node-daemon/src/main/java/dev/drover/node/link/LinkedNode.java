package dev.drover.node.link;

import dev.drover.manifests.wire.FromNode.Register;
import dev.drover.manifests.wire.ToNode.Desired;
import java.io.IOException;
import java.time.Duration;

/// What the link needs of the node it belongs to.
public interface LinkedNode {
    /// What the node says of itself now.
    Register words();

    /// The server has let us in. False when the node belongs to another cluster and must not run
    /// anything for this one.
    boolean belongsTo(String clusterId) throws IOException;

    /// What should be here.
    void desired(Desired desired) throws IOException;

    /// The server has let us in, and has said something, if only that it lives.
    void heard();

    /// A link has begun: the next set of what should be is whole.
    ///
    /// @param silenceMax how long the server may say nothing on it
    void linked(Duration silenceMax);
}
