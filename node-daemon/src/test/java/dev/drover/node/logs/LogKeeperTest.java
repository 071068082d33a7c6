package dev.drover.node.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogKeeperTest {
    @TempDir Path data;

    private final List<LogSubject> subjects = new ArrayList<>();

    private Path allocation(String id, boolean over) throws IOException {
        Path logs = Files.createDirectories(data.resolve(id).resolve("alloc/logs"));
        Path runs = Files.createDirectories(data.resolve("runs").resolve(id));
        subjects.add(
                new LogSubject(new LogFolder(data.resolve(id), "alloc/logs"), "t", runs, over));
        return logs;
    }

    /// Ten bytes, written in that second.
    private static Path log(Path logs, String stream, int number, long second) throws IOException {
        Path file = logs.resolve("t.%s.%06d".formatted(stream, number));
        Files.writeString(file, "123456789\n");
        return Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
    }

    private void look(long bytesMax) {
        try (var keeper =
                new LogKeeper(() -> subjects, LogKeeper.budget(Optional.of(bytesMax), data))) {
            keeper.look();
        }
    }

    @Test
    void the_oldest_of_ended_allocations_go_first_and_their_times_with_them() throws Exception {
        Path living = allocation("living", false);
        Path ended = allocation("ended", true);
        Path old = log(living, "stdout", 0, 1);
        Path current = log(living, "stdout", 1, 2);
        Path rotated = log(ended, "stdout", 7, 3);
        Path last = log(ended, "stdout", 8, 4);
        Path run = Files.createDirectories(data.resolve("runs/ended/1"));
        Path times = Files.writeString(run.resolve("stdout.000007.times"), "3 0\n");

        look(30);

        assertThat(rotated).doesNotExist();
        assertThat(times).doesNotExist();
        assertThat(List.of(old, current, last)).allMatch(Files::exists);
    }

    @Test
    void of_what_lives_the_newest_of_each_stream_stays_whatever_is_allowed() throws Exception {
        Path living = allocation("living", false);
        Path old = log(living, "stdout", 0, 1);
        Path out = log(living, "stdout", 1, 2);
        Path err = log(living, "stderr", 5, 0);

        look(1);

        assertThat(old).doesNotExist();
        assertThat(List.of(out, err)).allMatch(Files::exists);
    }

    @Test
    void what_is_no_log_of_ours_stays() throws Exception {
        Path ended = allocation("ended", true);
        Path own = Files.writeString(ended.resolve("t.stdout.txt"), "mine");
        Path another = Files.writeString(ended.resolve("other.stdout.000000"), "not asked about");

        look(1);

        assertThat(List.of(own, another)).allMatch(Files::exists);
    }

    @Test
    void a_folder_that_became_a_link_leads_nowhere() throws Exception {
        Path outside = Files.createDirectories(data.resolve("outside"));
        Path canary = log(outside, "stdout", 0, 1);
        Path logs = allocation("ended", true);
        Files.delete(logs);
        Files.createSymbolicLink(logs, outside);

        look(1);

        assertThat(canary).exists();
    }

    @Test
    void an_allocation_that_is_being_removed_is_no_hindrance() throws Exception {
        Path gone = allocation("gone", true);
        Files.delete(gone);
        Path rotated = log(allocation("ended", true), "stdout", 0, 1);

        look(1);

        assertThat(rotated).doesNotExist();
    }
}
