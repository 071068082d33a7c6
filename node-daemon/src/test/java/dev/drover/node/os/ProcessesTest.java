package dev.drover.node.os;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real processes of our own.
final class ProcessesTest {
    private static final int MORE_THAN_FEW = 12;

    private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/bin:/bin");

    private final Exits exits = new Exits();

    @TempDir Path folder;

    @AfterEach
    void stop() {
        exits.close();
    }

    private ProcessIdentity shell(String script) throws IOException {
        return Spawn.detached(List.of("/bin/sh", "-c", script), ENVIRONMENT);
    }

    private boolean ended(ProcessIdentity process) throws Exception {
        return exits.watch(process).await(30, TimeUnit.SECONDS);
    }

    @Test
    void tells_the_end_of_a_process_and_its_code() throws Exception {
        ProcessIdentity process = shell("exit 7");
        PidFd fd = PidFd.open(process).orElseThrow();

        assertThat(ended(process)).isTrue();

        assertThat(fd.exit()).contains(new Exit.Code(7));
        assertThat(process.alive()).isFalse();
        fd.close();
    }

    @Test
    void a_process_whose_number_is_a_threads_by_now_is_gone() throws Exception {
        long own = ProcessHandle.current().pid();
        int thread;
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            thread =
                    threads.mapToInt(path -> Integer.parseInt(path.getFileName().toString()))
                            .filter(number -> number != own)
                            .findFirst()
                            .orElseThrow();
        }

        assertThat(PidFd.open(ProcessIdentity.of(thread).orElseThrow())).isEmpty();
    }

    @Test
    void without_a_free_descriptor_nobody_is_said_to_be_gone() throws Exception {
        ProcessIdentity process = shell("exec sleep 60");
        assertThat(process.alive()).isTrue();
        Optional<IOException> failure;
        try (Scarcity _ = new Scarcity()) {
            failure = failure(process);
        }

        assertThat(failure).isPresent();
        assertThat(Descriptors.lacking(failure.orElseThrow())).isTrue();
        try (PidFd fd = PidFd.open(process).orElseThrow()) {
            assertThat(fd.signal(Signal.SIGKILL)).isTrue();
        }
        assertThat(ended(process)).isTrue();
    }

    /// poll(2) refuses to look at more of them than may be open.
    @Test
    void ends_are_told_though_fewer_descriptors_were_allowed_for_a_while() throws Exception {
        List<CountDownLatch> ends = new ArrayList<>();
        List<ProcessIdentity> all = new ArrayList<>();
        try (Exits exits = new Exits()) {
            for (int i = 0; i < MORE_THAN_FEW; i++) {
                all.add(shell("exec sleep 60"));
                ends.add(exits.watch(all.getLast()));
            }
            Signal kill = Signal.SIGKILL; // loaded while it can be
            try (PidFd fd = PidFd.open(all.getFirst()).orElseThrow();
                    Scarcity _ = new Scarcity()) {
                fd.signal(kill);
                assertThat(ends.getFirst().await(20, TimeUnit.SECONDS)).isTrue();
            }

            try (PidFd fd = PidFd.open(all.getLast()).orElseThrow()) {
                fd.signal(kill);
            }
            assertThat(ends.getLast().await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static Optional<IOException> failure(ProcessIdentity process) {
        try {
            process.alive();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    @Test
    void a_closed_handle_signals_nobody() throws Exception {
        ProcessIdentity process = shell("exec sleep 60");
        PidFd closed = PidFd.open(process).orElseThrow();
        closed.close();
        PidFd reusesItsNumber = PidFd.open(process).orElseThrow();

        assertThat(closed.signal(Signal.SIGKILL)).isFalse();
        assertThat(closed.exit()).isEmpty();

        assertThat(process.alive()).isTrue();
        assertThat(reusesItsNumber.signal(Signal.SIGKILL)).isTrue();
        assertThat(ended(process)).isTrue();
        reusesItsNumber.close();
    }

    @Test
    void a_signal_ends_a_process_and_is_told_apart_from_a_code() throws Exception {
        ProcessIdentity process = shell("exec sleep 60");
        PidFd fd = PidFd.open(process).orElseThrow();
        CountDownLatch latch = exits.watch(process);

        assertThat(fd.exit()).isEmpty();
        assertThat(fd.signal(Signal.SIGKILL)).isTrue();

        assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(fd.exit()).contains(new Exit.Signal(9));
        assertThat(fd.signal(Signal.SIGTERM)).isFalse();
        fd.close();
    }

    @Test
    void watches_many() throws Exception {
        List<CountDownLatch> latches = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            latches.add(exits.watch(shell("exit 0")));
        }

        for (CountDownLatch latch : latches) {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_process_of_another_start_time_or_boot_is_not_this_one() throws Exception {
        ProcessIdentity me = ProcessIdentity.of((int) ProcessHandle.current().pid()).orElseThrow();
        ProcessIdentity older = new ProcessIdentity(me.pid(), me.startTicks() - 1, me.bootId());
        ProcessIdentity otherBoot = new ProcessIdentity(me.pid(), me.startTicks(), "another");

        assertThat(me.alive()).isTrue();
        assertThat(older.alive()).isFalse();
        assertThat(PidFd.open(older)).isEmpty();
        assertThat(otherBoot.alive()).isFalse();
        assertThat(ProcessIdentity.parse(me.toString())).contains(me);
        assertThat(ProcessIdentity.parse("12 x y")).isEqualTo(Optional.empty());
    }

    @Test
    void a_spawned_process_has_its_own_session_no_file_of_ours_and_only_its_environment()
            throws Exception {
        Path seen = folder.resolve("seen");
        ProcessIdentity process =
                shell(
                        "exec >"
                                + seen
                                + "; ls /proc/$$/fd; cut -d' ' -f6 /proc/$$/stat; env;"
                                + " exec grep -E 'Sig(Blk|Ign)' /proc/self/status");
        assertThat(ended(process)).isTrue();

        assertThat(Files.readString(seen))
                .startsWith("0\n1\n2\n" + process.pid() + "\n")
                .containsPattern("SigBlk:\\s+0000000000000000")
                .containsPattern("SigIgn:\\s+[0-9a-f]{8}[08]0{7}") // 32 and up are glibc's own
                .contains("PATH=/usr/bin:/bin")
                .doesNotContain("JAVA_HOME");
    }

    @Test
    void signals_are_found_by_all_their_spellings() {
        assertThat(Signal.named("sigint")).contains(Signal.SIGINT);
        assertThat(Signal.named("TERM")).contains(Signal.SIGTERM);
        assertThat(Signal.named("SIGNOTHING")).isEmpty();
    }
}
