package dev.drover.reconcilers.loop;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/// A node as the Operator SDK sees it: its name and what tells one change from another. The loops
/// read the rest from their view.
@Group("drover.dev")
@Version("v1")
@Kind("Node")
@Plural("nodes")
final class NodePrimary implements HasMetadata {
    private static final long serialVersionUID = 1; // the interface is serializable; nobody does

    private final ObjectMeta metadata;

    NodePrimary(ObjectMeta metadata) {
        this.metadata = metadata;
    }

    @Override
    public ObjectMeta getMetadata() {
        return metadata;
    }

    @Override
    public void setMetadata(ObjectMeta other) {
        throw new UnsupportedOperationException("a primary is never changed");
    }

    @Override
    public void setApiVersion(String version) {
        throw new UnsupportedOperationException("a primary is never changed");
    }
}
