package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.Condition;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DeploymentGroup;
import dev.drover.manifests.model.DeploymentPhase;
import dev.drover.manifests.model.GroupSummary;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobPhase;
import dev.drover.manifests.model.JobStatus;
import dev.drover.reconcilers.restart.RestartStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a job's status says after a turn: counts, a phase, and why it is not (yet) as it should be
/// in one line.
final class JobStatuses {
    /// How the job stands, in the words of its conditions.
    ///
    /// @param stalled nothing will happen until something changes from outside
    private record Standing(JobPhase phase, boolean ready, boolean stalled, Why why) {}

    /// @param reason one CamelCase word
    private record Why(String reason, String message) {}

    private JobStatuses() {}

    /// A job that should run.
    static JobStatus of(
            Job job, List<GroupTurn> turns, Optional<Deployment> deployment, Instant now) {
        Map<String, GroupSummary> groups = new TreeMap<>();
        for (GroupTurn turn : turns) {
            groups.put(turn.name(), summary(turn.desired(), turn.queued(), turn.after()));
        }
        return status(job, groups, standing(job, turns, deployment), now);
    }

    /// A job of which nothing should run.
    static JobStatus stopped(Job job, List<Allocation> copies, Instant now) {
        Map<String, List<Allocation>> byGroup = new TreeMap<>();
        for (Allocation copy : copies) {
            byGroup.computeIfAbsent(copy.spec().group(), _ -> new ArrayList<>()).add(copy);
        }
        Map<String, GroupSummary> groups = new TreeMap<>();
        byGroup.forEach((group, some) -> groups.put(group, summary(0, 0, some)));
        long left = copies.stream().filter(Allocation::occupies).count();
        Standing standing =
                left == 0
                        ? new Standing(
                                JobPhase.DEAD,
                                true,
                                false,
                                new Why("Stopped", "the job is stopped"))
                        : new Standing(
                                JobPhase.RUNNING,
                                false,
                                false,
                                new Why("Stopping", left + " allocations are stopping"));
        return status(job, groups, standing, now);
    }

    /// A job that is launched by time or by dispatch.
    static JobStatus launcher(Job job, Instant now) {
        Standing standing =
                new Standing(
                        JobPhase.RUNNING,
                        true,
                        false,
                        new Why("WaitsForLaunch", "it waits for its next launch"));
        return status(job, Map.of(), standing, now);
    }

    /// A job that somebody holds, and of which something would be done otherwise: it is not over.
    static JobStatus held(Job job, String because, Instant now) {
        Standing standing = new Standing(notOver(job), false, true, new Why("Held", because));
        return status(job, job.status().groups(), standing, now);
    }

    /// A job about which nothing can be decided. No room that comes free helps it.
    static JobStatus undecided(Job job, String because, Instant now) {
        Map<String, GroupSummary> groups = new TreeMap<>(job.status().groups());
        groups.replaceAll((_, some) -> withoutQueue(some));
        Standing standing = new Standing(notOver(job), false, true, new Why("Bug", because));
        return status(job, groups, standing, now);
    }

    private static GroupSummary withoutQueue(GroupSummary some) {
        return new GroupSummary(
                some.desired(),
                0,
                some.starting(),
                some.running(),
                some.complete(),
                some.failed(),
                some.lost());
    }

    private static JobPhase notOver(Job job) {
        JobPhase before = job.status().phase();
        return before == JobPhase.DEAD ? JobPhase.PENDING : before;
    }

    private static JobStatus status(
            Job job, Map<String, GroupSummary> groups, Standing standing, Instant now) {
        boolean moves = !standing.ready && !standing.stalled;
        return new JobStatus(
                job.status().version(),
                job.status().evaluation(),
                job.metadata().generation(),
                standing.phase,
                groups,
                List.of(
                        condition(job, "Ready", standing.ready, standing.why, now),
                        condition(job, "Reconciling", moves, standing.why, now),
                        condition(job, "Stalled", standing.stalled, standing.why, now)),
                job.status().launched());
    }

    /// Its time of transition is that of the last change of its status.
    private static Condition condition(Job job, String type, boolean holds, Why why, Instant now) {
        String status = holds ? "True" : "False";
        Instant since =
                job.status().conditions().stream()
                        .filter(c -> c.type().equals(type) && c.status().equals(status))
                        .map(Condition::lastTransitionTime)
                        .findFirst()
                        .orElse(now);
        return new Condition(
                type, status, why.reason, why.message, job.metadata().generation(), since);
    }

    private static GroupSummary summary(int desired, int queued, List<Allocation> copies) {
        int pending = 0;
        int running = 0;
        int complete = 0;
        int failed = 0;
        int lost = 0;
        for (Allocation copy : copies) {
            switch (copy.status().phase()) {
                case PENDING -> pending++;
                case RUNNING -> running++;
                case COMPLETE -> complete++;
                case FAILED -> failed++;
                case LOST, UNKNOWN -> lost++;
            }
        }
        return new GroupSummary(desired, queued, pending, running, complete, failed, lost);
    }

    private static Standing standing(
            Job job, List<GroupTurn> turns, Optional<Deployment> deployment) {
        Optional<Why> blocked = first(turns, JobStatuses::blocked);
        boolean live =
                turns.stream().anyMatch(turn -> turn.after().stream().anyMatch(JobStatuses::runs));
        JobPhase phase = live ? JobPhase.RUNNING : JobPhase.PENDING;
        if (blocked.isPresent()) {
            return new Standing(phase, false, true, blocked.get());
        }
        Optional<Why> waits = first(turns, JobStatuses::waitsToReplace);
        if (waits.isPresent()) {
            return new Standing(phase, false, false, waits.get());
        }
        Optional<Why> halted = deployment.flatMap(some -> halted(some, turns));
        if (halted.isPresent()) {
            boolean ended = !deployment.get().status().phase().active();
            return new Standing(phase, false, ended, halted.get());
        }
        Optional<Why> moves = first(turns, JobStatuses::moves);
        if (moves.isPresent()) {
            return new Standing(phase, false, false, moves.get());
        }
        Optional<Why> failed = first(turns, JobStatuses::failed);
        if (failed.isPresent()) {
            return new Standing(live ? phase : JobPhase.DEAD, false, true, failed.get());
        }
        return live || !runsToEnd(job)
                ? new Standing(JobPhase.RUNNING, true, false, new Why("Running", "it runs"))
                : new Standing(JobPhase.DEAD, true, false, new Why("Complete", "it is complete"));
    }

    private static boolean runs(Allocation copy) {
        return copy.status().phase() == AllocationPhase.RUNNING;
    }

    private static boolean runsToEnd(Job job) {
        return job.type().ends();
    }

    private interface Question {
        Optional<Why> ask(GroupTurn turn);
    }

    private static Optional<Why> first(List<GroupTurn> turns, Question question) {
        return turns.stream().flatMap(turn -> question.ask(turn).stream()).findFirst();
    }

    private static Optional<Why> blocked(GroupTurn turn) {
        return turn.placing()
                .unplaced()
                .map(unplaced ->
                        new Why(
                                "NoPlace",
                                "%s: %d of %d have no place: %s"
                                        .formatted(
                                                turn.name(),
                                                unplaced.count(),
                                                turn.desired(),
                                                Refusals.line(unplaced))));
    }

    /// What keeps an update from going on.
    private static Optional<Why> halted(Deployment deployment, List<GroupTurn> turns) {
        int left = turns.stream().mapToInt(turn -> turn.plan().waiting()).sum();
        boolean open = deployment.status().phase() == DeploymentPhase.RUNNING;
        if (left == 0
                || (open
                        && deployment.status().groups().values().stream()
                                .allMatch(DeploymentGroup::promoted))) {
            return Optional.empty();
        }
        String rest = left + " allocations are not replaced yet";
        return Optional.of(
                switch (deployment.status().phase()) {
                    case RUNNING -> new Why("TriesCanaries", "canaries are tried: " + rest);
                    case PAUSED -> new Why("DeploymentPaused", "the deployment is paused: " + rest);
                    case SUCCESSFUL, FAILED, CANCELLED ->
                            new Why(
                                    "DeploymentFailed",
                                    deployment.status().because() + "; " + rest);
                });
    }

    private static Optional<Why> waitsToReplace(GroupTurn turn) {
        boolean loops =
                turn.held().stream()
                        .anyMatch(h -> h.step() instanceof RestartStep.Wait wait && wait.loops());
        return held(turn, RestartStep.Wait.class)
                .map(m -> new Why(loops ? "CrashLoop" : "WaitsToReplace", m));
    }

    private static Optional<Why> failed(GroupTurn turn) {
        return held(turn, RestartStep.GiveUp.class).map(message -> new Why("Failed", message));
    }

    private static Optional<String> held(GroupTurn turn, Class<? extends RestartStep> step) {
        for (GroupTurn.Held held : turn.held()) {
            if (step.isInstance(held.step())) {
                Allocation copy = held.copy();
                return Optional.of(
                        "%s[%d] failed on %s: %s; %s"
                                .formatted(
                                        turn.name(),
                                        copy.spec().index(),
                                        copy.spec().node(),
                                        copy.status().because(),
                                        held.step().because()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Why> moves(GroupTurn turn) {
        int starting = 0;
        Optional<String> waits = Optional.empty();
        for (Allocation copy : turn.after()) {
            starting += starts(copy) ? 1 : 0;
            waits = waits.isEmpty() && starts(copy) ? copy.status().waitsFor() : waits;
        }
        if (starting > 0) {
            return Optional.of(
                    new Why(
                            "Starting",
                            "%s: %d of %d are starting%s"
                                    .formatted(
                                            turn.name(),
                                            starting,
                                            turn.desired(),
                                            waits.map(what -> ", one waits: " + what).orElse(""))));
        }
        Optional<Why> open = unproven(turn).or(() -> unknown(turn));
        if (open.isPresent()) {
            return open;
        }
        int left = turn.plan().waiting() + turn.plan().settling() + turn.plan().stops().size();
        boolean replaces =
                turn.held().stream().anyMatch(h -> h.step() instanceof RestartStep.Replace);
        return left == 0 && !replaces
                ? Optional.empty()
                : Optional.of(
                        new Why(
                                "Replacing",
                                "%s: %d allocations are still to be replaced or stopped"
                                        .formatted(turn.name(), Math.max(1, left))));
    }

    /// Copies that run and of which nobody has said yet that they are healthy.
    private static Optional<Why> unproven(GroupTurn turn) {
        long unproven =
                turn.after().stream()
                        .filter(copy -> copy.live() && runs(copy))
                        .filter(copy -> !copy.status().healthy().orElse(false))
                        .count();
        return unproven == 0 || turn.plan().settling() == 0
                ? Optional.empty()
                : Optional.of(
                        new Why(
                                "NotHealthy",
                                "%s: %d of %d run and are not healthy yet"
                                        .formatted(turn.name(), unproven, turn.desired())));
    }

    /// Copies on silent nodes that nobody has taken the place of.
    private static Optional<Why> unknown(GroupTurn turn) {
        return turn.after().stream()
                .filter(copy -> copy.status().phase() == AllocationPhase.UNKNOWN)
                .filter(_ -> turn.plan().settling() > 0)
                .findFirst()
                .map(copy ->
                        new Why(
                                "Unknown",
                                "%s[%d]: %s"
                                        .formatted(
                                                turn.name(),
                                                copy.spec().index(),
                                                copy.status().because())));
    }

    private static boolean starts(Allocation copy) {
        return copy.live() && copy.status().phase() == AllocationPhase.PENDING;
    }
}
