package dev.drover.node.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.node.hook.TaskContext;
import dev.drover.node.hook.TaskContexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactHookTest {

    private static final String TWO =
            "\"artifacts\":[{\"source\":\"http://h/a.tgz\",\"destination\":\"/usr/local/bin\"},{\"source\":\"http://h/b.tgz\",\"destination\":\".\"}]";

    @TempDir Path folder;

    private final List<String> fetched = new ArrayList<>();

    @Test
    void puts_each_artifact_beneath_the_tasks_folder() throws Exception {
        hook(this::write).prepare(TaskContexts.of(folder, TWO));

        assertThat(folder.resolve("web/usr/local/bin/a.tgz")).hasContent("http://h/a.tgz");
        assertThat(folder.resolve("web/b.tgz")).hasContent("http://h/b.tgz");
        assertThat(folder.resolve("web/local")).isDirectory();
    }

    @Test
    void what_is_there_is_not_fetched_again() throws Exception {
        TaskContext task = TaskContexts.of(folder, TWO);
        assertThat(hook(this::write).announce(task)).isPresent();

        hook(this::write).prepare(task);
        hook(this::write).prepare(task);

        assertThat(fetched).hasSize(2);
        assertThat(hook(this::write).announce(task)).isEmpty();
    }

    @Test
    void what_was_in_memory_is_fetched_again_when_it_is_gone() throws Exception {
        TaskContext task =
                TaskContexts.of(
                        folder,
                        "\"artifacts\":[{\"source\":\"http://h/a\",\"destination\":\"secrets/\"}]");
        hook(this::write).prepare(task);
        Path secrets = task.folders().secrets();
        assertThat(secrets.resolve("a")).exists();

        Files.move(secrets, folder.resolve("gone")); // as a restart of the machine does
        Files.createDirectory(secrets);
        hook(this::write).prepare(task);

        assertThat(secrets.resolve("a")).exists();
    }

    @Test
    void after_a_failure_only_the_rest_is_fetched() throws Exception {
        TaskContext task = TaskContexts.of(folder, TWO);

        assertThatThrownBy(() ->
                        hook(
                                        (plan, to, progress) -> {
                                            if (plan.source().getPath().equals("/b.tgz")) {
                                                throw new IOException("HTTP status 404 from h");
                                            }
                                            write(plan, to, progress);
                                        })
                                .prepare(task))
                .hasMessage(
                        "failed to download artifact \"http://h/b.tgz\": HTTP status 404 from h");
        hook(this::write).prepare(task);

        assertThat(fetched).containsExactly("http://h/a.tgz", "http://h/b.tgz");
        assertThat(folder.resolve("web"))
                .isDirectoryNotContaining(p -> p.getFileName().toString().startsWith(".staging"));
    }

    @Test
    void another_checksum_is_another_artifact() throws Exception {
        hook(this::write)
                .prepare(TaskContexts.of(folder, "\"artifacts\":[{\"source\":\"http://h/a\"}]"));
        hook(this::write)
                .prepare(
                        TaskContexts.of(
                                folder,
                                "\"artifacts\":[{\"source\":\"http://h/a\",\"options\":{\"checksum\":\"md5:"
                                        + "0".repeat(32)
                                        + "\"}}]"));

        assertThat(fetched).hasSize(2);
    }

    @Test
    void what_is_refused_is_told() throws IOException {
        TaskContext task =
                TaskContexts.of(folder, "\"artifacts\":[{\"source\":\"hg::https://h/a\"}]");

        assertThatThrownBy(() -> hook(this::write).prepare(task))
                .hasMessageContaining("no http, https, s3:: or git:: URL");
    }

    private ArtifactHook hook(Fetcher fetcher) {
        return new ArtifactHook(fetcher, ArtifactPlan.Rules.SHARED);
    }

    private void write(FetchPlan plan, Path to, Consumer<Fetcher.Progress> progress)
            throws IOException {
        fetched.add(plan.source().toString());
        Path target = Files.createDirectories(to.resolve(Fetch.TREE).resolve(plan.target()));
        Files.writeString(target.resolve(plan.basename()), plan.source().toString());
    }
}
