package dev.drover.reconcilers.deployment;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DeploymentGroup;
import dev.drover.manifests.model.DeploymentPhase;
import dev.drover.manifests.model.DeploymentStatus;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobVersion;
import dev.drover.reconcilers.deployment.DeploymentView.Group;
import dev.drover.reconcilers.restart.Restart;
import dev.drover.reconcilers.restart.RestartStep;
import dev.drover.reconcilers.restart.RestartView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The course of a deployment.
///
/// ```text
/// the job is stopped, or has a newer version   cancelled
/// somebody gives it up                         failed
/// somebody pauses it                           paused: no deadline passes
/// a copy failed and is not replaced any more   failed
/// no progress within progress_deadline         failed; without one: at the first copy that is ill
/// all canaries healthy, and promoted           they take over
/// every wanted copy healthy, no other left     successful: its version is stable
/// otherwise                                    it goes on
/// ```
///
/// A deadline moves with every copy that becomes healthy, and rests while only a person can go on,
/// or somebody holds the job. A failed deployment with `auto_revert` gives the job the spec of its
/// newest stable version.
public final class Rolling {
    private Rolling() {}

    /// The next step of a deployment that has not ended.
    public static DeploymentStep next(DeploymentView view, Instant now) {
        Deployment deployment = view.deployment();
        SortedMap<String, DeploymentGroup> groups = counted(view, now);
        Optional<String> cancelled = cancelled(view);
        if (cancelled.isPresent()) {
            return new DeploymentStep.Say(
                    ended(DeploymentPhase.CANCELLED, cancelled.get(), groups, now));
        }
        if (deployment.spec().failed()) {
            return failed(view, "somebody marked it as failed", groups, now);
        }
        if (deployment.spec().paused()) {
            return new DeploymentStep.Say(paused(groups));
        }
        Optional<String> broken = broken(view, now);
        if (broken.isPresent()) {
            return failed(view, broken.get(), groups, now);
        }
        List<Group> promoted = promoted(view);
        if (!promoted.isEmpty()) {
            return promotion(promoted, groups, now);
        }
        if (view.groups().stream().allMatch(Rolling::complete)) {
            return new DeploymentStep.Succeed(
                    ended(DeploymentPhase.SUCCESSFUL, Words.success(view), groups, now));
        }
        return new DeploymentStep.Say(
                new DeploymentStatus(
                        DeploymentPhase.RUNNING,
                        Words.waits(view, groups, now),
                        groups,
                        Deployments.first(groups),
                        Optional.empty()));
    }

    // ---- counts and deadlines

    private static SortedMap<String, DeploymentGroup> counted(DeploymentView view, Instant now) {
        SortedMap<String, DeploymentGroup> groups = new TreeMap<>();
        for (Group group : view.groups()) {
            DeploymentGroup known = group.known();
            groups.put(
                    group.name(),
                    new DeploymentGroup(
                            desired(group),
                            known.desiredCanaries(),
                            group.copies().live(),
                            group.copies().healthy(),
                            group.copies().ill().size(),
                            known.promoted(),
                            deadline(group, now)));
        }
        return groups;
    }

    static int desired(Group group) {
        return group.summary().map(s -> s.desired()).orElse(group.known().desiredTotal());
    }

    private static Optional<Instant> deadline(Group group, Instant now) {
        Optional<Duration> progress = Deployments.progress(group.policy());
        if (progress.isEmpty() || complete(group) || waitsForPeople(group) || untried(group)) {
            return Optional.empty();
        }
        boolean progressed = group.copies().healthy() > group.known().healthy();
        Optional<Instant> known = group.known().requireProgressBy();
        return progressed || known.isEmpty() ? progress.map(now::plus) : known;
    }

    /// Whether only a promotion by hand is missing.
    static boolean waitsForPeople(Group group) {
        return !group.known().promoted()
                && group.copies().proven() >= group.known().desiredCanaries()
                && !group.policy().autoPromote().orElse(false);
    }

    /// Whether the version was never tried for want of an open node, though older copies are on
    /// closed ones: nobody could say that it is any good.
    static boolean untried(Group group) {
        return group.behind() > 0 && desired(group) == 0 && group.others() == 0;
    }

    private static boolean complete(Group group) {
        return group.summary().isPresent()
                && !untried(group)
                && group.known().promoted()
                && group.others() == 0
                && group.copies().healthy() >= desired(group);
    }

    // ---- its end

    private static Optional<String> cancelled(DeploymentView view) {
        boolean same =
                view.job().metadata().uid().equals(Optional.of(view.deployment().spec().jobUid()));
        if (!same) {
            return Optional.of("its job is gone");
        }
        if (view.job().stopped()) {
            return Optional.of("the job is stopped");
        }
        int newest = view.job().status().version();
        if (newest > view.deployment().spec().jobVersion()) {
            return Optional.of("version " + newest + " of the job came");
        }
        return view.groups().isEmpty()
                ? Optional.of("its version of the job is not kept")
                : Optional.empty();
    }

    private static Optional<String> broken(DeploymentView view, Instant now) {
        for (Group group : view.groups()) {
            Optional<String> broken =
                    givenUp(group, now)
                            .or(() -> illWithoutDeadline(group))
                            .or(() -> late(group, now));
            if (broken.isPresent()) {
                return broken;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> givenUp(Group group, Instant now) {
        for (RestartView failed : group.failed()) {
            if (Restart.next(failed, now) instanceof RestartStep.GiveUp(String because)) {
                return Optional.of(Words.ill(failed.failed()) + "; " + because);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> illWithoutDeadline(Group group) {
        boolean patient = Deployments.progress(group.policy()).isPresent();
        return patient
                ? Optional.empty()
                : group.copies().ill().stream().findFirst().map(Words::ill);
    }

    private static Optional<String> late(Group group, Instant now) {
        boolean progressed = group.copies().healthy() > group.known().healthy();
        boolean over =
                group.known().requireProgressBy().filter(when -> !now.isBefore(when)).isPresent();
        return !over || progressed || complete(group) || waitsForPeople(group) || untried(group)
                ? Optional.empty()
                : Optional.of(
                        "%s: no more copies became healthy within %s (%s)"
                                .formatted(
                                        group.name(),
                                        Words.time(Deployments.progress(group.policy())),
                                        Words.state(group, now)));
    }

    private static DeploymentStep failed(
            DeploymentView view,
            String because,
            SortedMap<String, DeploymentGroup> groups,
            Instant now) {
        boolean reverts =
                view.groups().stream().anyMatch(g -> g.policy().autoRevert().orElse(false));
        if (!reverts) {
            return new DeploymentStep.Fail(
                    ended(DeploymentPhase.FAILED, because, groups, now), Optional.empty());
        }
        Optional<JobVersion> stable = stable(view);
        JobSpec current = view.job().spec();
        Optional<JobVersion> other =
                stable.filter(version -> !version.spec().job().equals(current));
        String then =
                stable.isEmpty()
                        ? "there is no stable version to return to"
                        : other.isEmpty()
                                ? "stable version %d is the same".formatted(number(stable.get()))
                                : "the job returns to version " + number(other.get());
        return new DeploymentStep.Fail(
                ended(DeploymentPhase.FAILED, because + "; " + then, groups, now), other);
    }

    private static Optional<JobVersion> stable(DeploymentView view) {
        return view.versions().stream()
                .filter(version -> version.spec().stable())
                .filter(version -> number(version) < view.deployment().spec().jobVersion())
                .max(Comparator.comparingInt(Rolling::number));
    }

    private static int number(JobVersion version) {
        return version.spec().version();
    }

    private static DeploymentStatus ended(
            DeploymentPhase phase,
            String because,
            SortedMap<String, DeploymentGroup> groups,
            Instant now) {
        return new DeploymentStatus(
                phase, because, resting(groups), Optional.empty(), Optional.of(now));
    }

    private static DeploymentStatus paused(SortedMap<String, DeploymentGroup> groups) {
        return new DeploymentStatus(
                DeploymentPhase.PAUSED,
                "somebody paused it: nothing new begins until somebody resumes it",
                resting(groups),
                Optional.empty(),
                Optional.empty());
    }

    /// The same while somebody holds the job, and nothing of it can go on.
    static DeploymentStatus held(DeploymentStatus status, String because) {
        return new DeploymentStatus(
                status.phase(),
                because,
                resting(status.groups()),
                Optional.empty(),
                status.finished());
    }

    private static SortedMap<String, DeploymentGroup> resting(Map<String, DeploymentGroup> groups) {
        SortedMap<String, DeploymentGroup> resting = new TreeMap<>();
        groups.forEach((name, group) ->
                resting.put(name, with(group, group.promoted(), Optional.empty())));
        return resting;
    }

    private static DeploymentGroup with(
            DeploymentGroup group, boolean promoted, Optional<Instant> deadline) {
        return new DeploymentGroup(
                group.desiredTotal(),
                group.desiredCanaries(),
                group.placed(),
                group.healthy(),
                group.unhealthy(),
                promoted,
                deadline);
    }

    // ---- promotion

    /// The groups whose canaries take over now: those that somebody named, or all of them when all
    /// of them want it by themselves. Never one whose canaries are not all healthy.
    private static List<Group> promoted(DeploymentView view) {
        List<Group> trying =
                view.groups().stream().filter(group -> !group.known().promoted()).toList();
        boolean alone =
                trying.stream().allMatch(g -> g.policy().autoPromote().orElse(false) && proven(g));
        List<String> named = view.deployment().spec().promoted();
        return trying.stream()
                .filter(group -> alone || (named.contains(group.name()) && proven(group)))
                .toList();
    }

    /// There may be more canaries than were asked for: one follows another that is back, or was
    /// given up too early. They take over together. Who is silent is not waited for.
    static boolean proven(Group group) {
        return group.copies().proven() >= group.known().desiredCanaries()
                && group.copies().ill().isEmpty()
                && group.copies().waited().stream()
                        .filter(copy -> copy.spec().canary())
                        .allMatch(copy -> copy.status().phase() == AllocationPhase.UNKNOWN);
    }

    private static DeploymentStep promotion(
            List<Group> promoted, SortedMap<String, DeploymentGroup> counted, Instant now) {
        SortedMap<String, DeploymentGroup> groups = new TreeMap<>(counted);
        List<Allocation> canaries = new ArrayList<>();
        for (Group group : promoted) {
            Optional<Instant> deadline = Deployments.progress(group.policy()).map(now::plus);
            groups.computeIfPresent(group.name(), (_, some) -> with(some, true, deadline));
            group.copies().canaries().stream().filter(Allocation::live).forEach(canaries::add);
        }
        return new DeploymentStep.Promote(
                new DeploymentStatus(
                        DeploymentPhase.RUNNING,
                        "the canaries were promoted",
                        groups,
                        Deployments.first(groups),
                        Optional.empty()),
                canaries);
    }
}
