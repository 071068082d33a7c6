package dev.drover.node.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.Manifests;
import dev.drover.manifests.Read;
import dev.drover.manifests.Syntax;
import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.Value;
import dev.drover.node.os.Signal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every driver promises. A driver's test says how its configs are written and how its daemon
/// dies.
public interface DriverContract {
    Duration SOON = Duration.ofSeconds(20);

    /// The driver under test.
    Driver driver();

    /// The same driver after its daemon was killed and started again.
    Driver reborn();

    /// A run of that config, in fresh folders.
    TaskRun run(Map<String, Value> config);

    /// Ends at once with the code.
    Map<String, Value> exiting(int code);

    /// Goes on until it is signalled.
    Map<String, Value> lasting();

    /// Goes on until it is killed.
    Map<String, Value> stubborn();

    /// How long a stubborn task takes until it is stubborn: a shell has to set its traps first.
    default Duration settling() {
        return Duration.ofMillis(500);
    }

    static Value text(String text) {
        return new Value.Text(text);
    }

    static Value number(int number) {
        return new Value.Num(BigDecimal.valueOf(number));
    }

    static Value list(String... texts) {
        return new Value.Items(List.of(texts).stream().map(DriverContract::text).toList());
    }

    default Running started(TaskRun run) throws Exception {
        return switch (driver().start(run)) {
            case Start.Started(Running task, var _) -> task;
            case Start.Refused(String because) -> throw new AssertionError(because);
            case Start.Lacking(String because) -> throw new AssertionError(because);
        };
    }

    @Test
    default void is_healthy_here() {
        assertThat(driver().fingerprint().healthy()).isTrue();
    }

    @Test
    default void a_task_ends_with_its_code() throws Exception {
        assertThat(started(run(exiting(3))).await(SOON)).contains(new Exit.Code(3));
    }

    @Test
    default void a_running_task_has_not_ended_and_uses_something() throws Exception {
        Running task = started(run(lasting()));

        assertThat(task.await(Duration.ofMillis(50))).isEmpty();
        assertThat(task.stats().orElseThrow().processes()).isPositive();

        task.stop(Signal.SIGKILL, SOON);
        assertThat(task.stats()).isEmpty();
    }

    @Test
    default void a_signal_reaches_it() throws Exception {
        Running task = started(run(lasting()));

        assertThat(task.signal(Signal.SIGTERM)).isTrue();

        assertThat(task.await(SOON)).contains(new Exit.Signal(15));
        assertThat(task.signal(Signal.SIGTERM)).isFalse();
    }

    @Test
    default void stop_asks_first_and_kills_after_the_grace() throws Exception {
        Running willing = started(run(lasting()));
        Running unwilling = started(run(stubborn()));

        assertThat(unwilling.await(settling())).isEmpty();
        assertThat(willing.stop(Signal.SIGINT, SOON)).isEqualTo(new Exit.Signal(2));
        assertThat(unwilling.stop(Signal.SIGINT, Duration.ofMillis(200)))
                .isEqualTo(new Exit.Signal(9));
    }

    @Test
    default void stop_after_the_end_changes_nothing() throws Exception {
        Running task = started(run(exiting(4)));
        task.await(SOON);

        assertThat(task.stop(Signal.SIGINT, SOON)).isEqualTo(new Exit.Code(4));
    }

    @Test
    default void is_recovered_after_the_daemon_was_killed() throws Exception {
        TaskRun run = run(lasting());
        started(run).leave();

        Running again = ((Recovery.Found) reborn().recover(run)).task();

        assertThat(again.await(Duration.ofMillis(50))).isEmpty();
        assertThat(again.stop(Signal.SIGTERM, SOON)).isEqualTo(new Exit.Signal(15));
    }

    @Test
    default void an_end_that_nobody_saw_is_recovered_with_its_code() throws Exception {
        TaskRun run = run(exiting(42));
        Running task = started(run);
        task.await(SOON);
        task.leave();

        Running again = ((Recovery.Found) reborn().recover(run)).task();

        assertThat(again.await(SOON)).contains(new Exit.Code(42));
    }

    @Test
    default void recovering_twice_is_recovering_once() throws Exception {
        TaskRun run = run(lasting());
        started(run).leave();

        Running one = ((Recovery.Found) driver().recover(run)).task();
        Running two = ((Recovery.Found) driver().recover(run)).task();
        one.signal(Signal.SIGKILL);

        assertThat(one.await(SOON)).contains(new Exit.Signal(9));
        assertThat(two.await(SOON)).contains(new Exit.Signal(9));
    }

    @Test
    default void what_was_never_started_is_not_found() throws Exception {
        assertThat(driver().recover(run(lasting()))).isInstanceOf(Recovery.NeverStarted.class);
    }

    @Test
    default void a_wrong_config_is_refused_in_words() throws Exception {
        assertThat(driver().start(run(Map.of("comand", text("x")))))
                .isInstanceOfSatisfying(
                        Start.Refused.class,
                        refused -> assertThat(refused.because()).contains("comand"));
    }

    @Test
    default void a_wrong_config_is_refused_when_its_job_is_planned() {
        String job =
                """
                {"apiVersion": "drover.dev/v1", "kind": "Job", "metadata": {"name": "j"},
                 "spec": {"groups": [{"name": "g", "tasks": [{"name": "t", "driver": "%s",
                   "config": {"no_key_of_any_driver": "x"}}]}]}}
                """
                        .formatted(driver().name());

        assertThat(Manifests.check(job, "j.json", Syntax.JSON, Inputs.none()))
                .isInstanceOfSatisfying(
                        Read.Problems.class,
                        read ->
                                assertThat(read.problems())
                                        .anySatisfy(problem ->
                                                assertThat(problem.what())
                                                        .contains("no_key_of_any_driver")));
    }

    @Test
    default void a_command_runs_beside_it() throws Exception {
        Running task = started(run(lasting()));

        try (Execution execution = task.exec(List.of("/bin/echo", "beside"))) {
            assertThat(new String(execution.stdout().readAllBytes(), StandardCharsets.UTF_8))
                    .endsWith("beside\n");
            assertThat(execution.await()).isEqualTo(new Exit.Code(0));
        }
        task.stop(Signal.SIGKILL, SOON);
    }
}
