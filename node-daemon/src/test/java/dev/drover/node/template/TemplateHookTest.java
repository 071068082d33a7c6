package dev.drover.node.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.node.hook.TaskContext;
import dev.drover.node.hook.TaskContexts;
import dev.drover.node.hook.TaskHook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateHookTest {

    @TempDir Path folder;

    private final TemplateHook hook =
            new TemplateHook(
                    TemplateHook.Lookups.none(),
                    InstantSource.fixed(Instant.EPOCH),
                    _ -> folder.resolve("marks"));

    @Test
    void writes_the_rendered_text_with_its_rights() throws Exception {
        prepare(
                "{\"data\":\"id {{ env \\\"NOMAD_ALLOC_ID\\\" }} ${NOMAD_ALLOC_ID}\",\"destination\":\"local/a/run.sh\",\"perms\":\"0750\"}");

        assertThat(home("local/a/run.sh")).hasContent("id 0123456789ab ${NOMAD_ALLOC_ID}");
        assertThat((int) Files.getAttribute(home("local/a/run.sh"), "unix:mode") & 07777)
                .isEqualTo(0750);
    }

    @Test
    void twice_is_once() throws Exception {
        String template = "{\"data\":\"x\",\"destination\":\"${NOMAD_SECRETS_DIR}/key\"}";

        prepare(template);
        prepare(template);

        assertThat(home("secrets/key")).hasContent("x");
        try (var all = Files.walk(folder)) {
            assertThat(all.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    @Test
    void variables_of_env_files_reach_the_task_and_the_templates_after_them() throws Exception {
        TaskContext richer =
                prepare(
                        "{\"data\":\"A=1\\nexport B='two words'\\n\",\"destination\":\"local/env\",\"env\":true},{\"data\":\"{{ env \\\"A\\\" }}\",\"destination\":\"local/a\"}");

        assertThat(richer.variables()).containsEntry("A", "1").containsEntry("B", "two words");
        assertThat(home("local/a")).hasContent("1");
    }

    @Test
    void the_node_is_known_by_the_names_of_references() throws Exception {
        prepare("{\"data\":\"{{ env \\\"node.region\\\" }}\",\"destination\":\"local/a\"}");

        assertThat(home("local/a")).hasContent("global");
    }

    @Test
    void the_source_is_a_file_beneath_the_tasks_folder() throws Exception {
        TaskContexts.of(folder, "\"templates\":[]");
        Files.writeString(home("local/a.tpl"), "<< env \"NOMAD_TASK_NAME\" >>");

        prepare(
                "{\"source\":\"local/a.tpl\",\"destination\":\"local/a\",\"leftDelimiter\":\"<<\",\"rightDelimiter\":\">>\"}");

        assertThat(home("local/a")).hasContent("web");
    }

    @Test
    void nothing_is_read_or_written_elsewhere() throws Exception {
        TaskContexts.of(folder, "\"templates\":[]");
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("canary"), "canary");
        Files.createSymbolicLink(home("local/way"), outside);

        assertRefused(
                "{\"data\":\"x\",\"destination\":\"../../outside/x\"}", "leaves the task's folder");
        assertRefused("{\"data\":\"x\",\"destination\":\"local/way/x\"}", "is a symbolic link");
        assertRefused(
                "{\"data\":\"{{ file \\\"local/way/canary\\\" }}\",\"destination\":\"local/x\"}",
                "a part of the path is a link");
        assertRefused(
                "{\"data\":\"{{ file \\\"../../outside/canary\\\" }}\",\"destination\":\"local/x\"}",
                "leaves the task's folder");
        assertRefused(
                "{\"source\":\"local/way/canary\",\"destination\":\"local/x\"}",
                "a part of the path is a link");
        assertThat(outside)
                .isDirectoryContaining(p -> p.endsWith("canary"))
                .isDirectoryNotContaining(p -> p.endsWith("x"));
    }

    @Test
    void mistakes_name_the_template_and_the_place_in_it() {
        assertRefused(
                "{\"data\":\"a\\n{{ if }}\",\"destination\":\"local/x\"}",
                "template \"local/x\":2:7: missing value for if");
        assertRefused(
                "{\"data\":\"{{ secret \\\"a\\\" }}\",\"destination\":\"local/x\"}",
                "no Vault is connected");
        assertRefused("{\"data\":\"x\"}", "needs a destination");
        assertRefused(
                "{\"data\":\"x\",\"destination\":\"local\",\"perms\":\"4755\"}",
                "is not of the form 0644");
        assertRefused(
                "{\"data\":\"no variable\",\"destination\":\"local/x\",\"env\":true}",
                "1:1: not of the form KEY=VALUE");
        assertRefused("{\"destination\":\"local/x\"}", "either data, or a source");
    }

    @Test
    void what_is_not_there_yet_is_waited_for_and_told_once() throws Exception {
        Files.createDirectories(folder.resolve("web/local"));
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        FutureTask<TaskContext> preparing = later(told);
        assertThat(told.poll(20, TimeUnit.SECONDS))
                .isEqualTo("Missing: file local/later, which template \"local/x\" needs");

        Files.writeString(home("local/later"), "it came");

        preparing.get(20, TimeUnit.SECONDS);
        assertThat(home("local/x")).hasContent("it came");
        assertThat(told).isEmpty();
    }

    @Test
    void a_task_that_is_stopped_waits_no_longer() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        FutureTask<TaskContext> preparing = later(told);
        assertThat(told.poll(20, TimeUnit.SECONDS)).startsWith("Missing: ");

        preparing.cancel(true);

        assertThatThrownBy(preparing::get).isInstanceOf(CancellationException.class);
        assertThat(home("local/x")).doesNotExist();
    }

    private FutureTask<TaskContext> later(BlockingQueue<String> told) throws IOException {
        TaskContext task =
                TaskContexts.of(
                        folder,
                        "\"templates\":[{\"data\":\"{{ file \\\"local/later\\\" }}\",\"destination\":\"local/x\"}]");
        FutureTask<TaskContext> preparing =
                new FutureTask<>(() -> hook.prepare(task, telling(told)));
        Thread.ofVirtual().start(preparing);
        return preparing;
    }

    private static TaskHook.Progress telling(BlockingQueue<String> told) {
        return new TaskHook.Progress() {
            @Override
            public void reached(String how) {
                told.add("reached " + how);
            }

            @Override
            public void waitsFor(String what) {
                told.add(what);
            }
        };
    }

    @Test
    void says_nothing_when_there_is_nothing_to_do() throws Exception {
        assertThat(hook.announce(TaskContexts.of(folder, "\"templates\":[]"))).isEmpty();
        assertThat(hook.announce(TaskContexts.of(folder, "\"templates\":[{\"data\":\"x\"}]")))
                .isPresent();
    }

    private void assertRefused(String templates, String why) {
        assertThatThrownBy(() -> prepare(templates))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why);
    }

    private TaskContext prepare(String templates) throws IOException, InterruptedException {
        return hook.prepare(TaskContexts.of(folder, "\"templates\":[" + templates + "]"));
    }

    private Path home(String path) {
        return folder.resolve("web").resolve(path);
    }
}
