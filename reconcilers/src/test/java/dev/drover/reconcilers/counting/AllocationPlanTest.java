package dev.drover.reconcilers.counting;

import static dev.drover.manifests.model.AllocationPhase.COMPLETE;
import static dev.drover.manifests.model.AllocationPhase.FAILED;
import static dev.drover.manifests.model.AllocationPhase.LOST;
import static dev.drover.manifests.model.AllocationPhase.PENDING;
import static dev.drover.manifests.model.AllocationPhase.RUNNING;
import static dev.drover.manifests.model.AllocationPhase.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationSpec;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.Granted;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.TaskEvent;
import dev.drover.manifests.model.TaskPhase;
import dev.drover.manifests.model.TaskState;
import dev.drover.manifests.shape.Records;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AllocationPlanTest {
    private static final int NEW = 1;
    private static final int OLD = 0;

    @Test
    void fills_the_lowest_free_slots() {
        var plan = service(3, 1, copy(1, 0, RUNNING));

        assertThat(slots(plan)).containsExactly(0, 2);
        assertThat(plan.stops()).isEmpty();
    }

    @Test
    void stops_what_is_beyond_the_count() {
        var plan = service(1, 1, copy(0, 0, RUNNING), copy(1, 0, RUNNING), copy(2, 0, COMPLETE));

        assertThat(stops(plan)).containsExactly(1);
        assertThat(plan.missing()).isEmpty();
    }

    @Test
    void a_lost_copy_is_followed_by_the_next_attempt() {
        var plan = service(1, 1, copy(0, 4, LOST));

        assertThat(plan.missing().getFirst().attempt()).isEqualTo(5);
        assertThat(plan.missing().getFirst().previous()).isPresent();
    }

    @Test
    void a_failed_copy_holds_its_slot_until_the_restart_loop_frees_it() {
        assertThat(service(1, 1, copy(0, 0, FAILED)).held()).hasSize(1);
        assertThat(slots(service(1, 1, stopped(copy(0, 0, FAILED))))).containsExactly(0);
    }

    @Test
    void a_failed_copy_of_an_older_version_is_replaced_at_once() {
        assertThat(slots(service(1, 1, old(copy(0, 0, FAILED))))).containsExactly(0);
    }

    @Test
    void a_service_replaces_what_is_complete_and_a_batch_job_does_not() {
        assertThat(slots(service(1, 1, copy(0, 0, COMPLETE)))).containsExactly(0);
        assertThat(batch(1, copy(0, 0, COMPLETE)).missing()).isEmpty();
    }

    @Test
    void a_batch_copy_that_was_stopped_runs_again() {
        assertThat(slots(batch(1, stopped(copy(0, 0, COMPLETE))))).containsExactly(0);
    }

    @Test
    void a_batch_copy_that_came_to_its_end_around_a_stop_does_not_run_again() {
        Allocation byItself = stopped(ended(copy(0, 0, COMPLETE), "Terminated"));
        Allocation killed = stopped(ended(copy(0, 0, COMPLETE), "Killing"));

        assertThat(batch(1, byItself).missing()).isEmpty();
        assertThat(slots(batch(1, killed))).containsExactly(0);
        assertThat(slots(service(1, 1, byItself))).containsExactly(0);
    }

    @Test
    void a_batch_job_that_was_stopped_and_is_started_again_runs_again() {
        Allocation before = old(stopped(ended(copy(0, 0, COMPLETE), "Terminated")));

        var plan = AllocationPlan.of(view(JobType.BATCH, 1, 0, List.of(before), Effect.IN_PLACE));

        assertThat(slots(plan)).containsExactly(0);
    }

    /// Its only task returned 0.
    private static Allocation ended(Allocation copy, String event) {
        TaskState task =
                new TaskState(
                        TaskPhase.DEAD,
                        false,
                        0,
                        Optional.of(new Exit.Code(0)),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new TaskEvent(Instant.EPOCH, event, "")));
        return copy.withStatus(Records.with(copy.status(), "tasks", Map.of("server", task)));
    }

    @Test
    void a_batch_copy_that_took_the_place_of_a_silent_one_does_not_run_again() {
        assertThat(slots(silent(JobType.BATCH, copy(0, 0, UNKNOWN)))).containsExactly(0);
        assertThat(silent(JobType.BATCH, copy(0, 0, UNKNOWN), copy(0, 1, COMPLETE)).missing())
                .isEmpty();
        assertThat(slots(silent(JobType.SERVICE, copy(0, 0, UNKNOWN), copy(0, 1, COMPLETE))))
                .containsExactly(0);
    }

    /// It came to its end where nobody heard of it, and was replaced meanwhile.
    @Test
    void a_batch_slot_is_done_when_one_of_its_copies_is() {
        Allocation first = copy(0, 0, COMPLETE);

        var beside = batch(1, first, copy(0, 1, RUNNING));
        assertThat(beside.stops()).extracting(s -> s.allocation().spec().attempt()).contains(1);
        assertThat(beside.missing()).isEmpty();
        assertThat(batch(1, first, copy(0, 1, FAILED)).held()).isEmpty();
        assertThat(batch(1, first, stopped(copy(0, 1, FAILED))).missing()).isEmpty();
        assertThat(batch(1, old(first), copy(0, 1, RUNNING)).stops()).isEmpty();
    }

    /// What is on silent nodes is replaced.
    private static AllocationPlan silent(JobType type, Allocation... there) {
        GroupView heard = view(type, 1, 0, List.of(there), Effect.REPLACE);
        return AllocationPlan.of(
                new GroupView(
                        type,
                        heard.wanted(),
                        heard.rollout(),
                        new GroupView.Absent(true, GroupView.Keep.BEST),
                        _ -> false,
                        heard.allocations(),
                        heard.effect()));
    }

    @Test
    void a_batch_job_that_changed_runs_again() {
        assertThat(slots(batch(1, old(copy(0, 0, COMPLETE))))).containsExactly(0);
    }

    @Test
    void a_copy_that_was_to_stay_holds_its_slot_when_it_fails() {
        var plan = service(1, 1, copy(0, 0, FAILED), stopped(copy(0, 1, COMPLETE)));

        assertThat(plan.held()).hasSize(1);
        assertThat(plan.missing()).isEmpty();
    }

    /// It was not told to stop for the sake of the older one: seed 36662 of the simulation.
    @Test
    void a_lost_copy_held_its_slot_and_no_older_one_does() {
        var plan = service(1, 1, copy(0, 0, FAILED), stopped(copy(0, 1, LOST)));

        assertThat(plan.held()).isEmpty();
        assertThat(slots(plan)).containsExactly(0);
    }

    @Test
    void a_batch_copy_that_was_to_stay_is_done_when_it_is_complete() {
        assertThat(batch(1, copy(0, 0, COMPLETE), stopped(copy(0, 1, COMPLETE))).missing())
                .isEmpty();
    }

    @Test
    void two_copies_never_share_a_slot() {
        var plan = service(1, 1, stopped(copy(0, 0, RUNNING)));

        assertThat(plan.missing()).isEmpty();
        assertThat(plan.settling()).isEqualTo(1);
    }

    @Test
    void an_older_attempt_that_still_lives_stops() {
        var plan = service(1, 1, copy(0, 0, RUNNING), copy(0, 1, RUNNING));

        assertThat(plan.stops())
                .extracting(s -> s.allocation().spec().attempt())
                .containsExactly(0);
    }

    @Test
    void outdated_copies_stop_only_as_far_as_max_parallel_lets() {
        var plan =
                service(
                        3,
                        2,
                        old(copy(0, 0, RUNNING)),
                        old(copy(1, 0, RUNNING)),
                        old(copy(2, 0, RUNNING)));

        assertThat(stops(plan)).containsExactly(0, 1);
        assertThat(plan.waiting()).isEqualTo(1);
    }

    @Test
    void an_update_waits_for_the_copy_that_starts() {
        var plan =
                service(
                        3,
                        1,
                        copy(0, 1, PENDING),
                        old(copy(1, 0, RUNNING)),
                        old(copy(2, 0, RUNNING)));

        assertThat(plan.stops()).isEmpty();
        assertThat(plan.waiting()).isEqualTo(2);
    }

    @Test
    void an_update_waits_for_the_copy_that_stops() {
        var plan = service(2, 1, stopped(old(copy(0, 0, RUNNING))), old(copy(1, 0, RUNNING)));

        assertThat(plan.stops()).isEmpty();
    }

    @Test
    void an_update_halts_when_the_new_version_fails() {
        var plan = service(2, 1, copy(0, 1, FAILED), old(copy(1, 0, RUNNING)));

        assertThat(plan.stops()).isEmpty();
        assertThat(plan.held()).hasSize(1);
    }

    @Test
    void an_update_takes_last_what_is_known_to_serve() {
        var plan = service(2, 1, healthy(old(copy(0, 0, RUNNING))), old(copy(1, 0, RUNNING)));

        assertThat(stops(plan)).containsExactly(1);
    }

    @Test
    void an_update_takes_first_what_does_not_serve() {
        var plan = service(2, 1, old(copy(0, 0, RUNNING)), old(copy(1, 0, PENDING)));

        assertThat(stops(plan)).containsExactly(1);
    }

    @Test
    void an_older_copy_stops_for_the_sake_of_the_one_that_serves() {
        Allocation newer = healthy(copy(0, 1, RUNNING));

        var plan = service(1, 1, old(copy(0, 0, RUNNING)), newer);

        assertThat(stops(plan)).containsExactly(0);
        assertThat(plan.stops().getFirst().stays()).contains(newer);
    }

    @Test
    void an_older_copy_stays_until_the_one_that_is_carried_over_is_known_to_serve() {
        Allocation carried = old(copy(0, 0, RUNNING));
        Allocation outdated = copy(0, 1, RUNNING);

        assertThat(carrying(1, outdated, carried).stops()).isEmpty();
        assertThat(carrying(1, outdated, healthy(carried)).stops())
                .extracting(AllocationPlan.Stop::allocation)
                .containsExactly(outdated);
    }

    /// As it does once they are of the wanted version: seed 20835 of the simulation.
    @Test
    void an_update_waits_for_copies_that_are_carried_over_and_not_known_to_serve() {
        Allocation outdated = healthy(copy(0, 0, RUNNING));
        Allocation starts = old(copy(1, 1, PENDING));
        Allocation runs = old(copy(2, 1, RUNNING));

        var plan = carrying(2, outdated, starts, runs);

        assertThat(plan.inPlace()).containsExactly(starts, runs);
        assertThat(plan.stops()).isEmpty();
        assertThat(plan.settling()).isEqualTo(2);
        assertThat(stops(carrying(2, outdated, starts, healthy(runs)))).containsExactly(0);
    }

    /// @param outdated replaced by the wanted version
    /// @param carried what the wanted version changes in place
    private static AllocationPlan carrying(
            int maxParallel, Allocation outdated, Allocation... carried) {
        Rollout.Health required = new Rollout.Health(true, false, Map.of());
        List<Allocation> there = Stream.concat(Stream.of(outdated), Stream.of(carried)).toList();
        int slots = 1 + there.stream().mapToInt(copy -> copy.spec().index()).max().orElseThrow();
        return AllocationPlan.of(
                new GroupView(
                        JobType.SERVICE,
                        GroupView.slots(slots),
                        new Rollout(Rollout.Way.OPEN, maxParallel, false, 0, required),
                        GroupView.Absent.WAITED_FOR,
                        _ -> true,
                        there,
                        copy -> copy.equals(outdated) ? Effect.REPLACE : Effect.IN_PLACE));
    }

    @Test
    void an_update_waits_for_the_newer_copy_on_a_silent_node() {
        var plan = service(1, 1, old(copy(0, 0, RUNNING)), copy(0, 1, UNKNOWN));

        assertThat(plan.stops()).isEmpty();
        assertThat(plan.missing()).isEmpty();
        assertThat(plan.settling()).isEqualTo(1);
    }

    @Test
    void a_batch_job_replaces_everything_that_is_outdated() {
        var plan = batch(2, old(copy(0, 0, RUNNING)), old(copy(1, 0, RUNNING)));

        assertThat(stops(plan)).containsExactly(0, 1);
    }

    @Test
    void in_place_changes_stop_nothing() {
        Allocation copy = old(copy(0, 0, RUNNING));

        var plan = AllocationPlan.of(view(JobType.SERVICE, 1, 1, List.of(copy), Effect.IN_PLACE));

        assertThat(plan.inPlace()).containsExactly(copy);
        assertThat(plan.stops()).isEmpty();
    }

    @Test
    void nothing_wanted_frees_the_slots_of_what_is_over_too() {
        var stops =
                AllocationPlan.ofNothing(
                        List.of(
                                copy(0, 0, RUNNING),
                                copy(1, 0, FAILED),
                                stopped(copy(2, 0, RUNNING))),
                        "why");

        assertThat(stops).extracting(s -> s.allocation().spec().index()).containsExactly(0, 1);
    }

    private static AllocationPlan service(int count, int maxParallel, Allocation... there) {
        return AllocationPlan.of(
                view(JobType.SERVICE, count, maxParallel, List.of(there), Effect.REPLACE));
    }

    private static AllocationPlan batch(int count, Allocation... there) {
        return AllocationPlan.of(view(JobType.BATCH, count, 0, List.of(there), Effect.REPLACE));
    }

    private static GroupView view(
            JobType type, int count, int maxParallel, List<Allocation> there, Effect ofOld) {
        return new GroupView(
                type,
                GroupView.slots(count),
                new Rollout(Rollout.Way.OPEN, maxParallel, false, 0, Rollout.Health.ASSUMED),
                GroupView.Absent.WAITED_FOR,
                _ -> true,
                there,
                copy -> copy.spec().jobVersion() == NEW ? Effect.NONE : ofOld);
    }

    private static List<Integer> slots(AllocationPlan plan) {
        return plan.missing().stream().map(m -> m.slot().index()).toList();
    }

    private static List<Integer> stops(AllocationPlan plan) {
        return plan.stops().stream().map(s -> s.allocation().spec().index()).toList();
    }

    private static Allocation copy(int index, int attempt, AllocationPhase phase) {
        return new Allocation(
                Metadata.named("default", index + "-" + attempt),
                new AllocationSpec(
                        "web",
                        "uid",
                        NEW,
                        "main",
                        index,
                        attempt,
                        "n1",
                        new Granted(1, 1, 1, List.of()),
                        DesiredState.RUN,
                        "",
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        false),
                new AllocationStatus(phase, "", Map.of(), Optional.empty(), 0, Optional.empty()));
    }

    private static Allocation healthy(Allocation copy) {
        return copy.withStatus(Records.with(copy.status(), "healthy", Optional.of(true)));
    }

    private static Allocation old(Allocation copy) {
        return copy.withSpec(copy.spec().inPlace(OLD, ""));
    }

    private static Allocation stopped(Allocation copy) {
        return copy.withSpec(copy.spec().stopped(DesiredState.STOP, ""));
    }
}
