package dev.drover.node.alloc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.TaskPhase;
import dev.drover.manifests.model.TaskState;
import dev.drover.node.alloc.OrderStep.Begin;
import dev.drover.node.alloc.OrderStep.LeaderDead;
import dev.drover.node.alloc.OrderStep.MainDead;
import dev.drover.node.alloc.OrderStep.SiblingFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class TaskOrderTest {
    private static final TaskState PENDING = state(TaskPhase.PENDING, false);
    private static final TaskState RUNNING = state(TaskPhase.RUNNING, false);
    private static final TaskState DONE = state(TaskPhase.DEAD, false);
    private static final TaskState FAILED = state(TaskPhase.DEAD, true);

    private static final TaskGroup GROUP =
            group(
                    """
                    {"name":"init","lifecycle":{"hook":"prestart"}},
                    {"name":"proxy","lifecycle":{"hook":"prestart","sidecar":true}},
                    {"name":"web"},
                    {"name":"warm","lifecycle":{"hook":"poststart"}},
                    {"name":"bye","lifecycle":{"hook":"poststop"}}
                    """);

    private static TaskGroup group(String tasks) {
        try {
            return RecordJson.read(TaskGroup.class, "{\"name\":\"g\",\"tasks\":[" + tasks + "]}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TaskState state(TaskPhase phase, boolean failed) {
        return new TaskState(
                phase,
                failed,
                0,
                Optional.empty(),
                phase == TaskPhase.PENDING ? Optional.empty() : Optional.of(Instant.EPOCH),
                Optional.empty(),
                List.of());
    }

    private static List<OrderStep> steps(Map<String, TaskState> known) {
        Map<String, TaskState> states = new TreeMap<>();
        GROUP.tasks().forEach(task -> states.put(task.name(), PENDING));
        states.putAll(known);
        return TaskOrder.steps(GROUP, states);
    }

    @Test
    void what_comes_before_begins_first() {
        assertThat(steps(Map.of())).containsExactly(new Begin("init"), new Begin("proxy"));
    }

    @Test
    void main_waits_for_the_first_to_end_and_its_sidecars_to_run() {
        assertThat(steps(Map.of("init", DONE))).doesNotContain(new Begin("web"));
        assertThat(steps(Map.of("init", RUNNING, "proxy", RUNNING)))
                .doesNotContain(new Begin("web"));
        assertThat(steps(Map.of("init", DONE, "proxy", RUNNING))).contains(new Begin("web"));
    }

    @Test
    void what_comes_after_waits_for_main_to_have_started() {
        assertThat(steps(Map.of("init", DONE, "proxy", RUNNING))).doesNotContain(new Begin("warm"));
        assertThat(steps(Map.of("init", DONE, "proxy", RUNNING, "web", RUNNING)))
                .contains(new Begin("warm"));
    }

    @Test
    void sidecars_end_with_main_and_the_last_begins_when_all_have_ended() {
        assertThat(steps(Map.of("init", DONE, "proxy", RUNNING, "web", DONE, "warm", DONE)))
                .containsExactly(new MainDead("proxy"));
        assertThat(steps(Map.of("init", DONE, "proxy", DONE, "web", DONE, "warm", DONE)))
                .containsExactly(new Begin("bye"));
    }

    @Test
    void a_failure_ends_all_but_the_last() {
        assertThat(steps(Map.of("init", FAILED, "proxy", RUNNING)))
                .containsExactly(
                        new SiblingFailed("proxy", "init"),
                        new SiblingFailed("web", "init"),
                        new SiblingFailed("warm", "init"));
    }

    @Test
    void the_others_end_with_their_leader() {
        TaskGroup led = group("{\"name\":\"a\",\"leader\":true},{\"name\":\"b\"}");

        assertThat(TaskOrder.steps(led, Map.of("a", DONE, "b", RUNNING)))
                .containsExactly(new LeaderDead("b"));
    }

    @Test
    void nothing_is_due_when_all_is_over() {
        assertThat(
                        steps(
                                Map.of(
                                        "init", DONE, "proxy", DONE, "web", DONE, "warm", DONE,
                                        "bye", DONE)))
                .isEmpty();
    }

    private static List<String> stops(TaskGroup group, Map<String, TaskState> known) {
        Map<String, TaskState> states = new TreeMap<>();
        group.tasks().forEach(task -> states.put(task.name(), RUNNING));
        states.putAll(known);
        return TaskOrder.stops(group, states);
    }

    @Test
    void sidecars_serve_the_others_to_their_end() {
        Map<String, TaskState> over = Map.of("init", DONE, "warm", DONE, "web", DONE);

        assertThat(stops(GROUP, Map.of("init", DONE))).containsExactly("web", "warm");
        assertThat(stops(GROUP, over)).containsExactly("proxy");
    }

    @Test
    void the_leader_is_stopped_first() {
        TaskGroup led =
                group(
                        """
                        {"name":"log"},{"name":"web","leader":true},
                        {"name":"proxy","lifecycle":{"hook":"prestart","sidecar":true}}
                        """);

        assertThat(stops(led, Map.of())).containsExactly("web");
        assertThat(stops(led, Map.of("web", DONE))).containsExactly("log");
        assertThat(stops(led, Map.of("web", DONE, "log", DONE))).containsExactly("proxy");
    }

    @Test
    void what_runs_at_the_end_is_never_stopped_by_it() {
        assertThat(stops(GROUP, Map.of("init", DONE, "warm", DONE, "web", DONE, "proxy", DONE)))
                .isEmpty();
        assertThat(TaskOrder.last(GROUP)).containsExactly("bye");
    }
}
