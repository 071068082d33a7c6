package dev.drover.reconcilers.loop;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/// An object that has turns, as the Operator SDK sees it: its name and what tells one change from
/// another. The loops read the rest from their view.
///
/// A class for each kind, because the SDK knows kinds by their classes and nothing else.
abstract sealed class Primary implements HasMetadata {
    private static final long serialVersionUID = 1; // the interface is serializable; nobody does

    private final ObjectMeta metadata;

    private Primary(ObjectMeta metadata) {
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

    /// What the annotations say; the SDK asks with each event.
    @Override
    public String getApiVersion() {
        return dev.drover.manifests.model.Kind.API_VERSION;
    }

    @Override
    public void setApiVersion(String version) {
        throw new UnsupportedOperationException("a primary is never changed");
    }

    @Group("drover.dev")
    @Version("v1")
    @Kind("Job")
    @Plural("jobs")
    static final class OfJob extends Primary {
        private static final long serialVersionUID = 1;

        OfJob(ObjectMeta metadata) {
            super(metadata);
        }
    }

    @Group("drover.dev")
    @Version("v1")
    @Kind("Node")
    @Plural("nodes")
    static final class OfNode extends Primary {
        private static final long serialVersionUID = 1;

        OfNode(ObjectMeta metadata) {
            super(metadata);
        }
    }

    @Group("drover.dev")
    @Version("v1")
    @Kind("Hold")
    @Plural("holds")
    static final class OfHold extends Primary {
        private static final long serialVersionUID = 1;

        OfHold(ObjectMeta metadata) {
            super(metadata);
        }
    }
}
