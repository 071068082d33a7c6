package dev.drover.node.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.node.hook.TaskContext;
import dev.drover.node.hook.TaskContexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadHookTest {
    private static final String HELLO = "aGVsbG8="; // hello

    @TempDir Path folder;

    private final PayloadHook hook = new PayloadHook();

    @Test
    void writes_the_payload_where_the_task_asks_for_it() throws IOException {
        TaskContext task = task("in/payload.txt", HELLO);

        hook.prepare(task);

        assertThat(task.folders().local().resolve("in/payload.txt")).hasContent("hello");
        assertThat(hook.announce(task)).isPresent();
    }

    @Test
    void may_be_called_again_after_a_crash() throws IOException {
        TaskContext task = task("payload", HELLO);

        hook.prepare(task);
        hook.prepare(task);

        assertThat(task.folders().local().resolve("payload")).hasContent("hello");
    }

    @Test
    void stays_beneath_the_folder_of_the_task() throws IOException {
        TaskContext task = task("../../../escaped", HELLO);

        assertThatThrownBy(() -> hook.prepare(task))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("dispatch_payload");
        assertThat(folder.resolve("escaped")).doesNotExist();
    }

    @Test
    void says_what_is_wrong_with_a_payload() throws IOException {
        TaskContext task = task("payload", "%%");

        assertThatThrownBy(() -> hook.prepare(task)).hasMessage("the payload is not in Base64");
    }

    @Test
    void does_nothing_without_a_payload_or_a_wish_for_it() throws IOException {
        TaskContext without = TaskContexts.of(folder, "\"dispatchPayload\":{\"file\":\"x\"}");
        TaskContext unwanted = withPayload("\"env\":{}", HELLO);

        hook.prepare(without);
        hook.prepare(unwanted);

        assertThat(hook.announce(without)).isEmpty();
        assertThat(hook.announce(unwanted)).isEmpty();
        try (var files = Files.list(without.folders().local())) {
            assertThat(files).isEmpty();
        }
    }

    private TaskContext task(String file, String payload) throws IOException {
        return withPayload("\"dispatchPayload\":{\"file\":\"" + file + "\"}", payload);
    }

    private TaskContext withPayload(String fields, String payload) throws IOException {
        return TaskContexts.withPayload(folder, fields, payload);
    }
}
