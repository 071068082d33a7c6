package dev.drover.node.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.TaskEvent;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.manifests.wire.LogPart;
import dev.drover.manifests.wire.StreamRequest;
import dev.drover.manifests.wire.ToNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `ephemeral_disk { sticky = true }` under a whole daemon: the data goes on to the next copy.
final class StickyTest {
    /// Writes for as long as it is there, and a last line when it ends.
    private static final String WRITES =
            """
            echo $NOMAD_ALLOC_ID >>$NOMAD_ALLOC_DIR/data/story
            echo $NOMAD_ALLOC_ID >>$NOMAD_TASK_DIR/notes
            trap 'sleep 0.3; echo end >>$NOMAD_ALLOC_DIR/data/story; exit 0' INT
            while :; do sleep 0.05; done
            """;

    @TempDir Path folder;
    private Optional<OneNode> started = Optional.empty();

    @BeforeEach
    void start() throws Exception {
        started = Optional.of(OneNode.start(folder));
    }

    @AfterEach
    void close() throws Exception {
        if (started.isPresent()) {
            started.get().close();
        }
    }

    private OneNode node() {
        return started.orElseThrow();
    }

    private static AssignedJob job(String disk) throws Exception {
        return Jobs.withDisk(disk, Jobs.shell("web", "service", WRITES));
    }

    private void replace(AssignedJob job) {
        node().controller()
                .want(
                        Jobs.whole(
                                List.of(job),
                                List.of(
                                        Jobs.assignment("a1", job, DesiredState.STOP),
                                        Jobs.after(
                                                "a1",
                                                Jobs.assignment("a2", job, DesiredState.RUN)))));
    }

    private void run(AssignedJob job) throws Exception {
        node().want(job, Jobs.assignment("a1", job, DesiredState.RUN));
        node().becomes("a1", AllocationPhase.RUNNING);
        Path story = node().shared("a1").resolve("data/story");
        await().atMost(OneNode.SOON).until(() -> Files.exists(story));
    }

    private String written(String id, Path file) throws Exception {
        await().atMost(OneNode.SOON)
                .until(() -> Files.exists(file) && Files.readString(file).contains(id));
        return Files.readString(file);
    }

    private static List<String> events(AllocationStatus status) {
        return status.tasks().values().stream()
                .flatMap(task -> task.events().stream())
                .map(TaskEvent::type)
                .toList();
    }

    @Test
    void the_data_goes_on_when_the_copy_before_has_ended() throws Exception {
        AssignedJob job = job("\"sticky\":true");
        run(job);

        replace(job);

        assertThat(events(node().becomes("a2", AllocationPhase.RUNNING)))
                .startsWith("Waiting For Data")
                .contains("Data Moved");
        assertThat(written("a2", node().shared("a2").resolve("data/story")))
                .isEqualTo("a1\nend\na2\n");
        assertThat(written("a2", node().task("a2").resolve("local/notes"))).isEqualTo("a1\na2\n");
        node().restart();
        assertThat(node().shared("a2").resolve("data/story")).hasContent("a1\nend\na2\n");
    }

    /// The tasks of one that waits are not known yet.
    @Test
    void whoever_follows_a_copy_that_waits_sees_what_comes() throws Exception {
        Path go = folder.resolve("go");
        String ends =
                """
                trap 'until [ -e %s ]; do sleep 0.05; done; exit 0' INT
                echo $NOMAD_ALLOC_ID | tee $NOMAD_ALLOC_DIR/data/story
                while :; do sleep 0.05; done
                """
                        .formatted(go);
        AssignedJob job = Jobs.withDisk("\"sticky\":true", Jobs.shell("web", "service", ends));
        run(job);
        replace(job);
        node().status("a2", status -> events(status).contains("Waiting For Data"));
        Path home = Files.createDirectories(node().shared("a2").getParent());
        Files.writeString(home.resolve("notes"), "here\n");

        SmallController controller = node().controller();
        controller.say(
                new ToNode.OpenStream(
                        1,
                        new StreamRequest.Logs("a2", "t", false, LogPart.ALL.followed()),
                        1 << 20));
        controller.say(
                new ToNode.OpenStream(
                        2, new StreamRequest.ReadFile("a2", "notes", 0, 9, true), 1 << 20));
        controller.say(
                new ToNode.OpenStream(
                        3, new StreamRequest.Logs("a2", "t", false, LogPart.ALL), 1 << 20));
        controller.say(
                new ToNode.OpenStream(
                        4,
                        new StreamRequest.Logs("a2", "u", false, LogPart.ALL.followed()),
                        1 << 20));

        await().atMost(OneNode.SOON)
                .until(() -> controller.stream(3).isPresent() && controller.stream(4).isPresent());
        assertThat(controller.streamError(3).orElseThrow()).contains("not set up yet");
        assertThat(controller.streamError(4).orElseThrow()).contains("has no task \"u\"");
        assertThat(controller.stream(1)).isEmpty();
        assertThat(controller.stream(2)).isEmpty();
        Files.createFile(go);
        await().atMost(OneNode.SOON).until(() -> controller.streamed(1).contains("a2"));
        assertThat(controller.streamed(2)).isEqualTo("here\n");
    }

    @Test
    void a_daemon_that_starts_while_it_waits_goes_on_waiting() throws Exception {
        AssignedJob job = job("\"sticky\":true");
        run(job);
        replace(job);
        node().status("a2", status -> events(status).contains("Waiting For Data"));

        node().restart();

        assertThat(written("a2", node().shared("a2").resolve("data/story")))
                .isEqualTo("a1\nend\na2\n");
    }

    @Test
    void without_sticky_nothing_is_waited_for_or_moved() throws Exception {
        AssignedJob job = job("\"sizeMib\":100");
        run(job);

        replace(job);

        assertThat(events(node().becomes("a2", AllocationPhase.RUNNING)))
                .doesNotContain("Waiting For Data", "Data Moved");
        assertThat(written("a2", node().shared("a2").resolve("data/story"))).isEqualTo("a2\n");
    }

    @Test
    void data_that_is_on_another_node_is_lost_and_the_task_says_so() throws Exception {
        AssignedJob job = job("\"sticky\":true,\"migrate\":true");

        node().want(job, Jobs.after("a0", Jobs.assignment("a1", job, DesiredState.RUN)));

        AllocationStatus status = node().becomes("a1", AllocationPhase.RUNNING);
        assertThat(status.tasks().values().iterator().next().events())
                .filteredOn(event -> event.type().equals("Data Lost"))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.message())
                                .isEqualTo(
                                        "The data of allocation a0 was not fetched: nobody has it any more"));
    }
}
