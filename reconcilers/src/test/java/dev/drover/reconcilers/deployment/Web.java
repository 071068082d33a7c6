package dev.drover.reconcilers.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DeploymentSpec;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.UpdatePolicy;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.World;
import dev.drover.reconcilers.decision.Decision;
import java.util.List;
import java.util.function.UnaryOperator;

/// The service `web` of three copies, and what becomes of its updates.
record Web(World world) {
    private static final ResourceName WEB = new ResourceName("default", "web");

    Web() {
        this(new World());
    }

    /// Version 0 runs and is stable.
    void stable(UpdatePolicy policy) {
        admit(policy, "one", 0);
        world.settle("web").place("web");
        turn();
        assertThat(version(0).spec().stable()).isTrue();
    }

    /// Version 1 has its canaries, and they are healthy.
    void canaried(UpdatePolicy policy) {
        stable(policy);
        admit(policy, "two", 1);
        world.settle("web").place("web");
    }

    void admit(UpdatePolicy policy, String args, int version) {
        world.admit(Sketch.service("web").count(3).update(policy).args(args), version);
        world.place("web");
    }

    Decision turn() {
        return world.turn(new DeploymentReconciler(), WEB);
    }

    void ask(int version, UnaryOperator<DeploymentSpec> change) {
        Deployment deployment = deployment(version);
        world.put(deployment.withSpec(change.apply(deployment.spec())));
    }

    static DeploymentSpec with(
            DeploymentSpec spec, boolean paused, List<String> promoted, boolean failed) {
        return new DeploymentSpec(
                spec.jobName(),
                spec.jobUid(),
                spec.jobVersion(),
                paused,
                promoted,
                failed,
                spec.health());
    }

    Deployment deployment(int version) {
        String uid = world.job("web").metadata().uid().orElseThrow();
        return world.cluster().deploymentsOf(WEB).get(Deployments.name(uid, version)).orElseThrow();
    }

    JobVersion version(int number) {
        return world.cluster().version(world.job("web"), number).orElseThrow().version();
    }

    String because(int version) {
        return deployment(version).status().because();
    }

    List<Allocation> stopping() {
        return world.copies("web").stream().filter(c -> !c.live() && c.occupies()).toList();
    }

    /// The live copies of a version.
    List<Allocation> newest(int version) {
        return world.live("web").stream().filter(c -> c.spec().jobVersion() == version).toList();
    }
}
