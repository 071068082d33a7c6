package dev.drover.reconcilers.loop;

import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/// A loop over nodes as the Operator SDK calls it. Its own class only because the SDK reads the
/// primary's class from it.
@ControllerConfiguration(
        informer = @Informer(comparableResourceVersions = false), // else it loses foreign writes
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 0)) // its timer leaks
final class NodeTurns implements Reconciler<NodePrimary> {
    private final Turns turns;
    private final ChangeSource<NodePrimary> changes;

    NodeTurns(Turns turns, ChangeSource<NodePrimary> changes) {
        this.turns = turns;
        this.changes = changes;
    }

    @Override
    public List<EventSource<?, NodePrimary>> prepareEventSources(
            EventSourceContext<NodePrimary> context) {
        return List.of(changes);
    }

    @Override
    public UpdateControl<NodePrimary> reconcile(NodePrimary primary, Context<NodePrimary> context)
            throws InterruptedException {
        UpdateControl<NodePrimary> done = UpdateControl.noUpdate();
        turns.turn(Turns.name(primary)).ifPresent(done::rescheduleAfter);
        return done;
    }

    /// Said in the log; the SDK tries again.
    @Override
    public ErrorStatusUpdateControl<NodePrimary> updateErrorStatus(
            NodePrimary primary, Context<NodePrimary> context, Exception bug) {
        turns.failed(Turns.name(primary), bug);
        return ErrorStatusUpdateControl.noStatusUpdate();
    }
}
