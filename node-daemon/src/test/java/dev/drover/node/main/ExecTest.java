package dev.drover.node.main;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.manifests.wire.ExecFrame;
import dev.drover.manifests.wire.ExecInput;
import dev.drover.manifests.wire.StreamRequest;
import dev.drover.manifests.wire.TerminalSize;
import dev.drover.manifests.wire.ToNode;
import dev.drover.node.fingerprint.Fingerprint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands beside a task of a whole daemon.
final class ExecTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final long CREDIT = 1 << 20;
    private static final Optional<TerminalSize> SCREEN = Optional.of(new TerminalSize(30, 90));

    @TempDir Path folder;
    private SmallController controller;
    private NodeDaemon daemon;

    @BeforeEach
    void start() throws IOException {
        controller = new SmallController();
        daemon =
                NodeDaemon.start(
                        new NodeConfig(
                                controller.url(),
                                folder.resolve("data"),
                                Optional.of("node"),
                                Optional.of("127.0.0.1"),
                                new Fingerprint.Words("dc1", "default", "", Map.of())));
        await().atMost(SOON).until(controller::linked);
        AssignedJob job = Jobs.shell("a1", "service", "exec sleep 300");
        controller.want(
                Jobs.whole(List.of(job), List.of(Jobs.assignment("a1", job, DesiredState.RUN))));
        await().atMost(SOON)
                .until(() ->
                        controller
                                .heard("a1")
                                .filter(r -> r.status().phase() == AllocationPhase.RUNNING)
                                .isPresent());
    }

    @AfterEach
    void stop() throws Exception {
        daemon.removeAll();
        controller.close();
        assertThat(controller.violations()).isEmpty();
    }

    private void say(ToNode message) {
        try {
            controller.say(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void exec(int stream, Optional<TerminalSize> terminal, String... command) {
        say(
                new ToNode.OpenStream(
                        stream,
                        new StreamRequest.Exec("a1", "t", List.of(command), terminal),
                        CREDIT));
    }

    private void type(int stream, String text) {
        say(
                new ToNode.StreamInput(
                        stream,
                        new ExecInput(
                                Base64.getEncoder().encodeToString(text.getBytes(UTF_8)),
                                false,
                                Optional.empty())));
    }

    private void end(int stream) {
        say(new ToNode.StreamInput(stream, new ExecInput("", true, Optional.empty())));
    }

    private List<ExecFrame> frames(int stream) {
        List<ExecFrame> frames = new ArrayList<>();
        var in = new ByteArrayInputStream(controller.streamed(stream).getBytes(ISO_8859_1));
        try {
            for (var frame = ExecFrame.read(in); frame.isPresent(); frame = ExecFrame.read(in)) {
                frames.add(frame.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return frames;
    }

    private String said(int stream, ExecFrame.Channel channel) {
        return frames(stream).stream()
                .filter(f -> f.channel() == channel)
                .map(ExecFrame::data)
                .collect(Collectors.joining());
    }

    private void over(int stream) {
        await().atMost(SOON).until(() -> controller.stream(stream).isPresent());
    }

    @Test
    void what_cannot_be_run_with_its_tasks_variables_says_so() throws Exception {
        AssignedJob odd =
                Jobs.with("\"env\":{\"A=B\":\"c\"}", Jobs.shell("a2", "service", "exec sleep 300"));
        controller.want(
                Jobs.whole(List.of(odd), List.of(Jobs.assignment("a2", odd, DesiredState.RUN))));
        await().atMost(SOON)
                .until(() ->
                        controller
                                .heard("a2")
                                .filter(r -> r.status().phase() == AllocationPhase.RUNNING)
                                .isPresent());

        var wish = new StreamRequest.Exec("a2", "t", List.of("true"), Optional.empty());
        say(new ToNode.OpenStream(1, wish, CREDIT));

        over(1);
        assertThat(controller.streamError(1).orElseThrow()).contains("A=B");
    }

    @Test
    void its_outputs_its_input_and_its_code_are_its_own() {
        exec(1, Optional.empty(), "/bin/sh", "-c", "cat; echo oops >&2; exit 7");
        type(1, "a line\n");
        end(1);
        over(1);

        assertThat(said(1, ExecFrame.Channel.STDOUT)).isEqualTo("a line\n");
        assertThat(said(1, ExecFrame.Channel.STDERR)).isEqualTo("oops\n");
        assertThat(said(1, ExecFrame.Channel.EXIT)).isEqualTo("7");
    }

    @Test
    void a_terminal_has_its_size_and_keys() {
        exec(1, SCREEN, "/bin/sh", "-c", "stty size; read x; stty size; read x; echo $x; exit 3");
        await().atMost(SOON).until(() -> said(1, ExecFrame.Channel.STDOUT).contains("30 90"));
        say(
                new ToNode.StreamInput(
                        1, new ExecInput("", false, Optional.of(new TerminalSize(40, 100)))));
        type(1, "\n");
        await().atMost(SOON).until(() -> said(1, ExecFrame.Channel.STDOUT).contains("40 100"));
        type(1, "word\n");
        over(1);

        assertThat(said(1, ExecFrame.Channel.STDOUT)).endsWith("word\r\nword\r\n");
        assertThat(said(1, ExecFrame.Channel.EXIT)).isEqualTo("3");
    }

    @Test
    void ends_when_nobody_listens_any_more() throws Exception {
        Path pid = folder.resolve("pid");
        exec(1, Optional.empty(), "/bin/sh", "-c", "echo $$ > " + pid + "; exec sleep 300");
        await().atMost(SOON).until(() -> Files.exists(pid) && Files.size(pid) > 0);

        say(new ToNode.CancelStream(1));

        long sleeper = Long.parseLong(Files.readString(pid).strip());
        await().atMost(SOON)
                .until(() -> ProcessHandle.of(sleeper).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void a_hundred_at_once_do_not_disturb_each_other() {
        List<Integer> streams = IntStream.rangeClosed(1, 100).boxed().toList();
        for (int stream : streams) {
            exec(
                    stream,
                    stream % 2 == 0 ? SCREEN : Optional.empty(),
                    "/bin/sh",
                    "-c",
                    "read x; echo got $x; exit " + stream);
        }
        streams.forEach(stream -> type(stream, "n" + stream + "\n"));
        streams.forEach(this::over);

        for (int stream : streams) {
            assertThat(said(stream, ExecFrame.Channel.EXIT)).isEqualTo(Integer.toString(stream));
            assertThat(said(stream, ExecFrame.Channel.STDOUT)).contains("got n" + stream);
        }
    }

    @Test
    void what_does_not_run_says_so() {
        say(
                new ToNode.OpenStream(
                        1,
                        new StreamRequest.Exec("a1", "x", List.of("true"), Optional.empty()),
                        CREDIT));
        exec(2, Optional.empty(), "/no/such/program");
        over(1);
        over(2);

        assertThat(controller.streamError(1).orElseThrow()).contains("has no task \"x\"");
        assertThat(controller.streamError(2).orElseThrow())
                .isEqualTo(
                        "\"/no/such/program\" cannot be run beside the task: No such file or"
                                + " directory");
    }
}
