package dev.drover.reconcilers.loop;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/// A loop as the Operator SDK calls it.
final class LoopTurns<P extends Primary> implements Reconciler<P> {
    private final Turns turns;
    private final ChangeSource<P> changes;

    LoopTurns(Turns turns, ChangeSource<P> changes) {
        this.turns = turns;
        this.changes = changes;
    }

    @Override
    public List<EventSource<?, P>> prepareEventSources(EventSourceContext<P> context) {
        return List.of(changes);
    }

    @Override
    public UpdateControl<P> reconcile(P primary, Context<P> context) throws InterruptedException {
        UpdateControl<P> done = UpdateControl.noUpdate();
        turns.turn(Turns.name(primary)).ifPresent(done::rescheduleAfter);
        return done;
    }

    /// Said in the log; the SDK tries again.
    @Override
    public ErrorStatusUpdateControl<P> updateErrorStatus(
            P primary, Context<P> context, Exception bug) {
        turns.failed(Turns.name(primary), bug);
        return ErrorStatusUpdateControl.noStatusUpdate();
    }
}
