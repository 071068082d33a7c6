package dev.drover.node.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Exit;
import dev.drover.manifests.wire.TerminalSize;
import dev.drover.node.driver.Execution;
import dev.drover.node.driver.HostExecution;
import dev.drover.node.driver.Running;
import dev.drover.node.driver.Usage;
import dev.drover.node.hook.RunControl;
import dev.drover.node.hook.TaskContext;
import dev.drover.node.hook.TaskContexts;
import dev.drover.node.os.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run whose pauses let the next thing happen; it is over when nothing more will.
final class TemplateWatchTest {
    /// Changes that come before the run is watched.
    private static final int BEFORE = -1;

    @TempDir Path folder;

    private final List<String> story = new ArrayList<>();

    /// After so many pauses the file says something else; then the run goes on for a while.
    private final class Run implements RunControl, Running {
        private final int changes;
        private int pauses;

        Run(int changes) {
            this.changes = changes;
        }

        @Override
        public Running running() {
            return this;
        }

        @Override
        public void pause(Duration time) throws InterruptedException {
            pauses++;
            try {
                if (pauses <= changes) {
                    Files.writeString(folder.resolve("web/local/in"), "value " + pauses);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (pauses > changes + 40) {
                throw new InterruptedException("over");
            }
        }

        @Override
        public void splay(Duration max) {
            story.add("splay " + max.toSeconds());
        }

        @Override
        public void restart(String because) {
            story.add("restart: " + because);
        }

        @Override
        public void fail(String because) {
            story.add("fail: " + because);
        }

        @Override
        public void signal(Signal signal, String because) {
            story.add(signal + ": " + because);
        }

        @Override
        public void tell(String type, String message) {
            story.add(type + ": " + message);
        }

        @Override
        public Exit await() {
            return new Exit.Code(0);
        }

        @Override
        public Optional<Exit> await(Duration max) {
            return Optional.empty();
        }

        @Override
        public boolean signal(Signal signal) {
            return true;
        }

        @Override
        public Exit stop(Signal first, Duration grace) {
            return new Exit.Code(0);
        }

        @Override
        public Optional<Usage> stats() {
            return Optional.empty();
        }

        @Override
        public Execution exec(List<String> command, Optional<TerminalSize> terminal)
                throws IOException {
            return HostExecution.start(new ProcessBuilder(command), terminal);
        }

        @Override
        public void leave() {}
    }

    /// What becomes of a task with a template that reads a file, with these other fields.
    private void watched(String fields, int changes) throws Exception {
        TaskContext task = task(fields);
        TemplateHook hook = hook(Instant.EPOCH);
        hook.prepare(task);
        if (changes == BEFORE) {
            Files.writeString(folder.resolve("web/local/in"), "value before");
        }
        accompany(hook, task, changes);
    }

    private TaskContext task(String fields) throws IOException {
        TaskContext task =
                TaskContexts.of(
                        folder,
                        "\"templates\":[{\"data\":\"{{ file \\\"local/in\\\" }}{{ timestamp }}\","
                                + "\"destination\":\"local/out\""
                                + fields
                                + "}]");
        Files.writeString(folder.resolve("web/local/in"), "value 0");
        return task;
    }

    private TemplateHook hook(Instant now) {
        return new TemplateHook(
                TemplateHook.Lookups.none(),
                InstantSource.fixed(now),
                _ -> folder.resolve("marks"));
    }

    private void accompany(TemplateHook hook, TaskContext task, int changes) {
        try {
            hook.companion(task).orElseThrow().accompany(new Run(changes));
        } catch (InterruptedException over) {
            story.add("over");
        }
    }

    @Test
    void what_changes_while_no_daemon_runs_is_seen_by_the_next_once() throws Exception {
        TaskContext task = task(",\"changeMode\":\"signal\",\"splay\":\"1s\"");
        hook(Instant.EPOCH).prepare(task);
        Files.writeString(folder.resolve("web/local/in"), "value meanwhile");

        accompany(hook(Instant.EPOCH), task, 0);
        accompany(hook(Instant.EPOCH), task, 0);

        assertThat(out()).startsWith("value meanwhile");
        assertThat(story)
                .containsExactly("splay 1", "SIGHUP: Template re-rendered", "over", "over");
    }

    @Test
    void another_daemon_on_another_day_changes_nothing_by_itself() throws Exception {
        TaskContext task = task("");
        hook(Instant.EPOCH).prepare(task);
        String before = out();

        accompany(hook(Instant.EPOCH.plusSeconds(1_000_000)), task, 0);

        assertThat(story).containsExactly("over");
        assertThat(out()).isEqualTo(before);
    }

    @Test
    void what_an_earlier_program_began_without_marks_goes_on_as_it_is() throws Exception {
        TaskContext task = task("");
        hook(Instant.EPOCH).prepare(task);
        Files.delete(folder.resolve("marks"));
        Files.writeString(folder.resolve("web/local/in"), "value meanwhile");

        accompany(hook(Instant.EPOCH), task, 0);

        assertThat(story).containsExactly("over");
        assertThat(out()).startsWith("value 0");
    }

    @Test
    void what_is_gone_while_no_daemon_runs_and_comes_again_the_same_is_no_change()
            throws Exception {
        TaskContext task = task("");
        hook(Instant.EPOCH).prepare(task);
        Files.writeString(folder.resolve("web/local/in"), "value 1");
        TemplateHook next = hook(Instant.EPOCH);
        next.prepare(task);
        Files.delete(folder.resolve("web/local/in"));

        accompany(hook(Instant.EPOCH), task, 1);

        assertThat(story).containsExactly("over");
    }

    @Test
    void what_changes_between_the_rendering_and_the_start_is_seen() throws Exception {
        watched(",\"changeMode\":\"signal\",\"splay\":\"1s\"", BEFORE);

        assertThat(out()).startsWith("value before");
        assertThat(story).containsExactly("splay 1", "SIGHUP: Template re-rendered", "over");
    }

    private String out() throws IOException {
        return Files.readString(folder.resolve("web/local/out"));
    }

    @Test
    void a_file_that_was_read_and_changes_restarts_the_task_once_it_is_quiet() throws Exception {
        watched("", 3);

        assertThat(out()).startsWith("value 3");
        assertThat(story)
                .containsExactly(
                        "splay 5",
                        "restart: Template with change_mode restart re-rendered",
                        "over");
    }

    @Test
    void nothing_happens_while_nothing_changes() throws Exception {
        watched("", 0);

        assertThat(story).containsExactly("over");
    }

    @Test
    void a_task_is_signalled_where_its_template_says_so() throws Exception {
        watched(",\"changeMode\":\"signal\",\"changeSignal\":\"SIGUSR1\",\"splay\":\"1s\"", 1);

        assertThat(story).containsExactly("splay 1", "SIGUSR1: Template re-rendered", "over");
    }

    @Test
    void a_file_may_change_without_the_task_being_told() throws Exception {
        watched(",\"changeMode\":\"noop\"", 1);

        assertThat(out()).startsWith("value 1");
        assertThat(story).containsExactly("over");
    }

    @Test
    void what_is_rendered_once_is_not_looked_after() throws Exception {
        watched(",\"once\":true", 1);

        assertThat(out()).startsWith("value 0");
        assertThat(story).isEmpty();
    }

    @Test
    void a_script_is_run_in_the_task() throws Exception {
        watched(script("touch " + folder.resolve("ran"), true), 1);

        assertThat(folder.resolve("ran")).exists();
        assertThat(story).hasSize(3).element(1).asString().startsWith("Task hook message: ");
    }

    @Test
    void a_script_that_fails_ends_the_task_where_it_should() throws Exception {
        watched(script("echo no room >&2; exit 3", true), 1);

        assertThat(story)
                .hasSize(3)
                .element(1)
                .isEqualTo("fail: Template script failed: Exit Code: 3: no room");
    }

    @Test
    void a_script_that_fails_is_told_of_with_what_it_said() throws Exception {
        watched(script("echo no room >&2; exit 3", false), 1);

        assertThat(story)
                .hasSize(3)
                .element(1)
                .isEqualTo(
                        "Task hook failed: Template failed to run script /bin/sh -c echo no room"
                                + " >&2; exit 3: Exit Code: 3: no room");
    }

    private static String script(String line, boolean fails) {
        return ",\"changeMode\":\"script\",\"changeScript\":{\"command\":\"/bin/sh\",\"args\":[\"-c\",\""
                + line
                + "\"],\"failOnError\":"
                + fails
                + "}";
    }

    @Test
    void a_template_that_is_a_file_of_the_task_is_looked_at_itself() throws Exception {
        Files.createDirectories(folder.resolve("web/local"));
        Files.writeString(folder.resolve("web/local/in"), "value 0");
        TaskContext task =
                TaskContexts.of(
                        folder,
                        "\"templates\":[{\"source\":\"local/in\",\"destination\":\"local/out\"}]");
        TemplateHook hook = hook(Instant.EPOCH);
        hook.prepare(task);
        accompany(hook, task, 2);

        assertThat(out()).isEqualTo("value 2");
        assertThat(story).hasSize(3);
    }
}
