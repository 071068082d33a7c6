package dev.drover.reconcilers.loop;

import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.absence.AbsenceReconciler;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.decision.Reconciler;
import dev.drover.reconcilers.deployment.DeploymentReconciler;
import dev.drover.reconcilers.drain.DrainReconciler;
import dev.drover.reconcilers.periodic.PeriodicReconciler;
import dev.drover.reconcilers.restart.RestartReconciler;
import dev.drover.reconcilers.sweep.Ages;
import dev.drover.reconcilers.sweep.HoldSweepReconciler;
import dev.drover.reconcilers.sweep.NodeSweepReconciler;
import dev.drover.reconcilers.sweep.SweepReconciler;
import dev.drover.store.lease.Epoch;
import dev.drover.store.typed.Tables;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every loop of the server, running for as long as its epoch lasts: once somebody else has taken
/// the lead, these loops can write nothing.
public final class Loops {
    private static final Logger LOG = LoggerFactory.getLogger(Loops.class);

    private final Turns.Shared shared;
    private final PlacerLoop placer;
    private final Sdk sdk;
    private final AtomicBoolean deposed = new AtomicBoolean();

    private Loops(Tables tables, InstantSource clock, Epoch epoch) {
        LiveView view = new LiveView(tables);
        Commits commits = new Commits(tables, epoch, this::lost);
        this.shared = new Turns.Shared(view, commits, new Alarms(clock), clock);
        this.placer = new PlacerLoop(shared);
        this.sdk = new Sdk(shared);
    }

    /// Starts every loop.
    ///
    /// @param epoch the server's time in office: whatever else it writes is bound to the same one
    public static Loops start(Tables tables, InstantSource clock, Epoch epoch)
            throws InterruptedException {
        Loops loops = new Loops(tables, clock, epoch);
        loops.shared.view().start();
        loops.shared.alarms().start();
        loops.placer.start();
        loops.sdk.register("scheduler", new HandOver(loops.placer::look));
        loops.sdk.register("restart", new RestartReconciler());
        loops.sdk.register("deployment", new DeploymentReconciler());
        loops.sdk.register("absence", new AbsenceReconciler());
        loops.sdk.register("drain", new DrainReconciler());
        loops.sdk.register("periodic", new PeriodicReconciler());
        loops.sdk.register("sweep", new SweepReconciler(Ages.USUAL));
        loops.sdk.register("node-sweep", new NodeSweepReconciler(Ages.USUAL));
        loops.sdk.register("hold-sweep", new HoldSweepReconciler(Ages.USUAL));
        loops.sdk.start();
        return loops;
    }

    private void lost() {
        if (deposed.compareAndSet(false, true)) {
            LOG.warn("another server leads now: nothing that is decided here is written any more");
        }
    }

    /// Whether nothing has shown yet that somebody else leads.
    public boolean leads() {
        return !deposed.get();
    }

    /// Why nothing is decided at the moment, as when a record of the store cannot be read; empty
    /// when the loops go on.
    public Optional<String> trouble() {
        return shared.view().trouble();
    }

    /// The newest view, for those who want to know what the loops know.
    public Cluster cluster() {
        return shared.view().cluster();
    }

    /// The view with every write that was acknowledged before this call; empty when the loops are
    /// so far behind that they do not get there in that time.
    public Optional<Cluster> current(Duration atMost) throws InterruptedException {
        return shared.view().current(atMost);
    }

    /// Removes everything that nobody needs, however young it is: `system gc`. Answers how many
    /// things went.
    public int collectGarbage() throws InterruptedException {
        Reconciler sweep = new SweepReconciler(Ages.NONE);
        int removed = 0;
        List<ResourceName> jobs = cluster().jobs().stream().map(Job::name).toList();
        for (ResourceName job : jobs.reversed()) { // what was launched before who launched it
            removed += Garbage.collect(sweep, job, shared);
        }
        Reconciler nodeSweep = new NodeSweepReconciler(Ages.NONE);
        for (ResourceName node : cluster().nodes().stream().map(Node::name).toList()) {
            removed += Garbage.collect(nodeSweep, node, shared);
        }
        Reconciler holdSweep = new HoldSweepReconciler(Ages.NONE);
        for (ResourceName hold : cluster().holds().stream().map(Hold::name).toList()) {
            removed += Garbage.collect(holdSweep, hold, shared);
        }
        return removed;
    }

    /// Stops every loop. What was being decided is written or not, never half.
    public void stop() throws InterruptedException {
        sdk.stop();
        placer.stop();
        shared.alarms().stop();
        shared.view().stop();
    }
}
