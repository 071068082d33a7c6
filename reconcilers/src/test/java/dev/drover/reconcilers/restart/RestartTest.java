package dev.drover.reconcilers.restart;

import static dev.drover.reconcilers.Sketch.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationSpec;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.DelayFunction;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Granted;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.ReschedulePolicy;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.shape.Records;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartTest {
    private static final ReschedulePolicy TWICE_AN_HOUR =
            new ReschedulePolicy(
                    Optional.of(2),
                    Optional.of(Duration.ofHours(1)),
                    Optional.of(Duration.ofSeconds(10)),
                    Optional.of(DelayFunction.CONSTANT),
                    Optional.of(Duration.ZERO),
                    Optional.of(false));

    private final World world = new World();

    @Test
    void waits_for_the_delay_and_then_replaces() {
        RestartView view = RestartView.of(Optional.of(TWICE_AN_HOUR), failures(1, NOON));

        assertThat(Restart.next(view, NOON.plusSeconds(9)))
                .isEqualTo(
                        new RestartStep.Wait(
                                NOON.plusSeconds(10),
                                1,
                                "it failed and is replaced at 2026-01-01T12:00:10Z"));
        assertThat(Restart.next(view, NOON.plusSeconds(10)))
                .isInstanceOf(RestartStep.Replace.class);
    }

    @Test
    void gives_up_when_the_attempts_of_the_interval_are_used_up() {
        RestartView view = RestartView.of(Optional.of(TWICE_AN_HOUR), failures(3, NOON));

        assertThat(Restart.next(view, NOON.plusSeconds(60)))
                .isEqualTo(
                        new RestartStep.GiveUp(
                                "its reschedule policy allows 2 in 1h and they are used up"));
    }

    @Test
    void failures_before_the_interval_do_not_count() {
        List<Allocation> newestFirst = new ArrayList<>(failures(1, NOON));
        newestFirst.addAll(failures(3, NOON.minus(Duration.ofHours(2))));

        assertThat(
                        Restart.next(
                                RestartView.of(Optional.of(TWICE_AN_HOUR), newestFirst),
                                NOON.plusSeconds(60)))
                .isInstanceOf(RestartStep.Replace.class);
    }

    @Test
    void failures_of_another_version_do_not_count() {
        List<Allocation> newestFirst = new ArrayList<>();
        for (Allocation copy : failures(3, NOON)) {
            boolean newest = newestFirst.isEmpty();
            newestFirst.add(copy.withSpec(Records.with(copy.spec(), "jobVersion", newest ? 8 : 7)));
        }

        assertThat(
                        Restart.next(
                                RestartView.of(Optional.of(TWICE_AN_HOUR), newestFirst),
                                NOON.plusSeconds(60)))
                .isInstanceOf(RestartStep.Replace.class);
    }

    /// Delay, longest delay, copies of a slot that tell the next delay.
    @ParameterizedTest
    @CsvSource({"30, 3600, 8", "5, 3600, 11", "5, 0, 20", "3600, 3600, 1"})
    void so_many_failures_are_remembered(int delay, int longest, int copies) {
        ReschedulePolicy policy =
                new ReschedulePolicy(
                        Optional.of(0),
                        Optional.empty(),
                        Optional.of(Duration.ofSeconds(delay)),
                        Optional.of(DelayFunction.EXPONENTIAL),
                        Optional.of(Duration.ofSeconds(longest)),
                        Optional.of(true));

        assertThat(Restart.remembered(policy)).isEqualTo(copies);
        assertThat(Restart.remembered(TWICE_AN_HOUR)).isEqualTo(3);
    }

    @Test
    void jobs_without_a_policy_keep_their_failed_copy() {
        assertThat(Restart.next(RestartView.of(Optional.empty(), failures(1, NOON)), NOON))
                .isInstanceOf(RestartStep.GiveUp.class);
    }

    /// Function, failures in a row, seconds until the replacement; 10 at first and 100 at most.
    @ParameterizedTest
    @CsvSource({
        "CONSTANT, 1, 10",
        "CONSTANT, 4, 10",
        "EXPONENTIAL, 1, 10",
        "EXPONENTIAL, 2, 20",
        "EXPONENTIAL, 4, 80",
        "EXPONENTIAL, 6, 100",
        "FIBONACCI, 1, 10",
        "FIBONACCI, 2, 10",
        "FIBONACCI, 3, 20",
        "FIBONACCI, 5, 50",
    })
    void delays_grow_as_their_function_says(DelayFunction function, int failures, int seconds) {
        RestartView view =
                RestartView.of(Optional.of(unlimited(function)), failures(failures, NOON));

        assertThat(Restart.next(view, NOON))
                .isInstanceOfSatisfying(
                        RestartStep.Wait.class,
                        wait -> assertThat(wait.until()).isEqualTo(NOON.plusSeconds(seconds)));
    }

    @Test
    void a_copy_that_lived_long_made_good_for_those_before_it() {
        List<Allocation> newestFirst = new ArrayList<>();
        newestFirst.add(failed(9, NOON.minusSeconds(200), NOON));
        newestFirst.addAll(failures(5, NOON.minusSeconds(300)));
        var policy = Optional.of(unlimited(DelayFunction.EXPONENTIAL));

        assertThat(Restart.next(RestartView.of(policy, newestFirst), NOON))
                .isInstanceOfSatisfying(
                        RestartStep.Wait.class,
                        wait -> assertThat(wait.until()).isEqualTo(NOON.plusSeconds(10)));
    }

    @Test
    void a_copy_that_lived_long_and_was_stopped_made_good_for_those_before_it() {
        List<Allocation> newestFirst = new ArrayList<>(failures(1, NOON));
        newestFirst.add(drained(8, NOON.minusSeconds(200), NOON.minusSeconds(10)));
        newestFirst.addAll(failures(5, NOON.minusSeconds(300)));
        var policy = Optional.of(unlimited(DelayFunction.EXPONENTIAL));

        assertThat(Restart.next(RestartView.of(policy, newestFirst), NOON))
                .isInstanceOfSatisfying(
                        RestartStep.Wait.class,
                        wait -> assertThat(wait.until()).isEqualTo(NOON.plusSeconds(10)));
    }

    @Test
    void a_copy_that_was_stopped_is_no_failure() {
        List<Allocation> newestFirst = new ArrayList<>(failures(2, NOON));
        newestFirst.add(drained(8, NOON.minusSeconds(20), NOON.minusSeconds(10)));
        newestFirst.addAll(failures(1, NOON.minusSeconds(30)));

        RestartView limited = RestartView.of(Optional.of(TWICE_AN_HOUR), newestFirst.subList(0, 3));
        var policy = Optional.of(unlimited(DelayFunction.EXPONENTIAL));
        RestartView unlimited = RestartView.of(policy, newestFirst);

        assertThat(Restart.next(limited, NOON.plusSeconds(10)))
                .isInstanceOf(RestartStep.Replace.class);
        assertThat(Restart.next(unlimited, NOON))
                .isInstanceOfSatisfying(
                        RestartStep.Wait.class, wait -> assertThat(wait.failures()).isEqualTo(3));
    }

    private static Allocation drained(int attempt, Instant born, Instant end) {
        Allocation failed = failed(attempt, born, end);
        AllocationStatus complete =
                Records.with(failed.status(), "phase", AllocationPhase.COMPLETE);
        return failed.withStatus(complete)
                .withSpec(failed.spec().stopped(DesiredState.STOP, "its node is drained"));
    }

    @Test
    void the_loop_frees_the_slot_and_the_placer_fills_it_elsewhere() {
        oneCopyFails();
        world.pass(Duration.ofSeconds(10));

        world.turn(new RestartReconciler(), new ResourceName("default", "web"));
        world.place("web");

        Allocation next = world.live("web").getFirst();
        assertThat(next.spec().attempt()).isEqualTo(1);
        assertThat(next.spec().node()).isNotEqualTo(world.copies("web").getFirst().spec().node());
    }

    @Test
    void the_loop_looks_again_when_the_delay_is_over() {
        oneCopyFails();

        var decision = world.turn(new RestartReconciler(), new ResourceName("default", "web"));

        assertThat(decision.actions()).isEmpty();
        assertThat(decision.lookAgain()).contains(NOON.plusSeconds(10));
    }

    @Test
    void a_copy_that_was_to_stay_is_replaced_when_it_fails() {
        oneCopyFails();
        Allocation failed = world.copies("web").getFirst();
        another(failed, DesiredState.STOP);
        world.pass(Duration.ofSeconds(10));

        world.turn(new RestartReconciler(), new ResourceName("default", "web"));
        world.place("web");

        assertThat(world.copies("web").getFirst().spec().desired()).isEqualTo(DesiredState.STOP);
        assertThat(world.live("web").getFirst().spec().attempt()).isEqualTo(2);
    }

    @Test
    void a_failed_copy_is_not_wanted_any_more_once_another_one_follows() {
        oneCopyFails();
        another(world.copies("web").getFirst(), DesiredState.RUN);

        world.turn(new RestartReconciler(), new ResourceName("default", "web"));

        assertThat(world.copies("web").getFirst().spec().desired()).isEqualTo(DesiredState.STOP);
        assertThat(world.live("web")).hasSize(1);
    }

    /// A second copy in the slot of the first.
    private void another(Allocation first, DesiredState desired) {
        String id = "0f0f0f0f-0000-4000-8000-000000000001";
        AllocationSpec second = Records.with(first.spec(), "attempt", 1);
        world.put(
                new Allocation(
                        Metadata.named("default", id).born(id, NOON),
                        desired == DesiredState.RUN ? second : second.stopped(desired, "why"),
                        AllocationStatus.unseen()));
        if (desired != DesiredState.RUN) {
            world.report(world.copies("web").getLast(), AllocationPhase.COMPLETE);
        }
    }

    private void oneCopyFails() {
        world.put(World.node("a1")).put(World.node("b1"));
        world.admit(Sketch.service("web").reschedule(TWICE_AN_HOUR), 0).place("web");
        world.report(world.copies("web").getFirst(), AllocationPhase.FAILED);
    }

    private static ReschedulePolicy unlimited(DelayFunction function) {
        return new ReschedulePolicy(
                Optional.of(0),
                Optional.of(Duration.ZERO),
                Optional.of(Duration.ofSeconds(10)),
                Optional.of(function),
                Optional.of(Duration.ofSeconds(100)),
                Optional.of(true));
    }

    /// So many failures in a row, newest first.
    private static List<Allocation> failures(int count, Instant last) {
        List<Allocation> failures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant end = last.minusSeconds(i);
            failures.add(failed(count - i, end.minusSeconds(1), end));
        }
        return failures;
    }

    private static Allocation failed(int attempt, Instant born, Instant end) {
        return new Allocation(
                Metadata.named("default", "copy" + attempt).born("copy" + attempt, born),
                new AllocationSpec(
                        "web",
                        "uid",
                        0,
                        "main",
                        0,
                        attempt,
                        "n1",
                        new Granted(1, 1, 1, List.of()),
                        DesiredState.RUN,
                        "",
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        false),
                new AllocationStatus(
                        AllocationPhase.FAILED,
                        "exit code 1",
                        Map.of(),
                        Optional.empty(),
                        1,
                        Optional.of(end)));
    }
}
