package dev.drover.reconcilers.loop;

import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.decision.Reconciler;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.EventHandler;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.filter.GenericFilter;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnAddFilter;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnDeleteFilter;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Tells the Operator SDK whose turn it is when something other than a primary changed. It hands
/// over names, each once for a batch of changes; the loop reads the view.
final class ChangeSource<P extends HasMetadata>
        implements EventSource<Resource, P>, LiveView.Listener {
    private final Reconciler loop;
    private volatile Optional<EventHandler> handler = Optional.empty();
    private volatile boolean running;

    ChangeSource(Reconciler loop) {
        this.loop = loop;
    }

    @Override
    public void changed(List<ClusterChange> changes, Cluster cluster) {
        Set<ResourceName> names = new LinkedHashSet<>();
        for (ClusterChange change : changes) {
            if (change.newest() instanceof Hold hold && hold.spec().kind() == loop.primary()) {
                names.add(hold.target());
            }
            loop.concerns(change, cluster).forEach(names::add);
        }
        names.forEach(this::look);
    }

    /// The loop should look at `name`.
    void look(ResourceName name) {
        if (running) {
            handler.ifPresent(h -> h.handleEvent(new Event(id(name))));
        }
    }

    private static ResourceID id(ResourceName name) {
        return name.namespace().isEmpty()
                ? new ResourceID(name.name())
                : new ResourceID(name.name(), name.namespace());
    }

    @Override
    public void setEventHandler(EventHandler some) {
        handler = Optional.of(some);
    }

    @Override
    public String name() {
        return "changes";
    }

    @Override
    public Class<Resource> resourceType() {
        return Resource.class;
    }

    /// Nobody asks for them: the view answers that.
    @Override
    public Set<Resource> getSecondaryResources(P primary) {
        return Set.of();
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public void setOnAddFilter(OnAddFilter<? super Resource> filter) {
        throw unfiltered();
    }

    @Override
    public void setOnUpdateFilter(OnUpdateFilter<? super Resource> filter) {
        throw unfiltered();
    }

    @Override
    public void setOnDeleteFilter(OnDeleteFilter<? super Resource> filter) {
        throw unfiltered();
    }

    @Override
    public void setGenericFilter(GenericFilter<? super Resource> filter) {
        throw unfiltered();
    }

    private static UnsupportedOperationException unfiltered() {
        return new UnsupportedOperationException("a loop filters in `concerns`");
    }
}
