package dev.drover.controller.cli;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DeploymentGroup;
import dev.drover.manifests.model.DeploymentStatus;
import dev.drover.manifests.model.EvaluationOutcome;
import dev.drover.manifests.model.Job;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How following a job comes to an end, with the sentence to say about it.
sealed interface Ending {
    /// What to tell.
    String sentence();

    /// Everything that was asked for is so.
    record Done(String sentence) implements Ending {}

    /// It is not so, and the person should know.
    record Failed(String sentence) implements Ending {}

    /// Some of it has no place, and waits for one.
    record Waits(String sentence) implements Ending {}

    /// What somebody else did to the job, after which what was written never comes about: the one
    /// who waits for it would be told of success by another wish, or wait for ever. A deployment
    /// that was begun says itself how it ended.
    static Optional<Ending> overtaken(Job written, Sight sight) {
        Job now = sight.job();
        if (written.stopped() && !now.stopped()) {
            return Optional.of(new Failed(name(sight) + " was started again by somebody else"));
        }
        if (!written.stopped() && now.stopped()) {
            return Optional.of(new Failed(name(sight) + " was stopped by somebody else"));
        }
        int newer = now.status().version();
        return newer > written.status().version() && sight.deployment().isEmpty()
                ? Optional.of(
                        new Failed(
                                "Version "
                                        + newer
                                        + " of j"
                                        + name(sight).substring(1)
                                        + " came from somebody else before this one"))
                : Optional.empty();
    }

    /// The ending that a sight shows, if it shows one.
    static Optional<Ending> of(Sight sight) {
        if (!sight.decided()) {
            return Optional.empty();
        }
        Optional<Ending> held = held(sight);
        if (held.isPresent()) {
            return held;
        }
        if (sight.job().stopped()) {
            return sight.allocations().stream().allMatch(a -> a.status().phase().terminal())
                    ? done(sight, "is stopped")
                    : Optional.empty();
        }
        if (sight.job().template()) {
            return done(sight, "waits to be launched");
        }
        return deployed(sight)
                .or(() -> failed(sight))
                .or(() -> blocked(sight))
                .or(() -> reached(sight));
    }

    /// What its deployment says decides: copies that run may still turn out to be ill. What
    /// somebody has just asked of it counts before its status has the answer.
    private static Optional<Ending> deployed(Sight sight) {
        if (sight.deployment().isEmpty()) {
            return Optional.empty();
        }
        Deployment deployment = sight.deployment().get();
        DeploymentStatus status = deployment.status();
        return switch (status.phase()) {
            case SUCCESSFUL -> sight.stopping() ? Optional.empty() : done(sight, "is running");
            case FAILED, CANCELLED ->
                    Optional.of(
                            new Failed(
                                    "The deployment of j"
                                            + name(sight).substring(1)
                                            + " "
                                            + Wording.word(status.phase())
                                            + ": "
                                            + status.because()));
            case PAUSED ->
                    deployment.spec().paused()
                            ? done(sight, "waits: its deployment is paused")
                            : Optional.empty();
            case RUNNING ->
                    waitsForPeople(deployment)
                            ? done(sight, "waits for a promotion: " + status.because())
                            : Optional.empty();
        };
    }

    private static boolean waitsForPeople(Deployment deployment) {
        Map<String, DeploymentGroup> trying = new HashMap<>(deployment.status().groups());
        trying.values().removeIf(DeploymentGroup::promoted);
        return !trying.isEmpty()
                && Collections.disjoint(trying.keySet(), deployment.spec().promoted())
                && deployment.status().until().isEmpty()
                && trying.values().stream()
                        .allMatch(group -> group.healthy() >= group.desiredCanaries());
    }

    private static Optional<Ending> held(Sight sight) {
        return sight.job().status().conditions().stream()
                .filter(c -> c.reason().equals("Held") && c.status().equals("True"))
                .findFirst()
                .map(c -> new Failed(name(sight) + " is " + c.message()));
    }

    /// A copy that failed is no failure of the job as long as another takes its place, nor is a
    /// lost one: what its restart and reschedule policies allow may still end well.
    private static Optional<Ending> failed(Sight sight) {
        return sight.current().stream()
                .filter(a -> a.status().phase() == AllocationPhase.FAILED)
                .filter(_ -> sight.condition("Stalled", "Failed").isPresent())
                .findFirst()
                .map(a ->
                        new Failed(
                                name(sight)
                                        + " failed: allocation \""
                                        + Ids.brief(a.id())
                                        + "\": "
                                        + a.status().because()));
    }

    private static Optional<Ending> blocked(Sight sight) {
        return sight.evaluation()
                .filter(e -> e.status().outcome() == EvaluationOutcome.BLOCKED)
                .map(_ -> new Waits(name(sight) + " waits for room and starts when there is some"));
    }

    private static Optional<Ending> reached(Sight sight) {
        List<Allocation> current = sight.current();
        AllocationPhase goal = sight.ends() ? AllocationPhase.COMPLETE : AllocationPhase.RUNNING;
        long there = current.stream().filter(a -> a.status().phase() == goal).count();
        boolean ill = current.stream().anyMatch(a -> !a.status().healthy().orElse(true));
        if (sight.deploys()) {
            return Optional.empty(); // its deployment is not there yet
        }
        if (there < sight.wanted() || ill || sight.stopping()) {
            return Optional.empty();
        }
        return done(sight, sight.ends() ? "is complete" : "is running");
    }

    private static Optional<Ending> done(Sight sight, String what) {
        return Optional.of(new Done(name(sight) + " " + what));
    }

    private static String name(Sight sight) {
        return "Job \"" + sight.job().metadata().name() + "\"";
    }
}
