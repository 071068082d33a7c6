package dev.drover.node.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.CheckStatus;
import dev.drover.manifests.model.TaskPhase;
import dev.drover.manifests.model.TaskState;
import dev.drover.node.driver.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServiceWatchTest {
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    private static final Map<String, TaskState> RUNNING =
            Map.of(
                    "t",
                    new TaskState(
                            TaskPhase.RUNNING,
                            false,
                            0,
                            Optional.empty(),
                            Optional.of(NOON),
                            Optional.empty(),
                            List.of()));
    private static final PlannedService WEB =
            new PlannedService(
                    "web",
                    "127.0.0.1",
                    1,
                    List.of(),
                    Set.of("t"),
                    List.of(
                            new PlannedCheck(
                                    "0-0",
                                    "up",
                                    new Probe.Impossible("nobody looks here"),
                                    new PlannedCheck.Pace(
                                            Duration.ofHours(1), Duration.ofSeconds(1), 0, 0, 0),
                                    CheckStatus.PENDING,
                                    Set.of("t"),
                                    PlannedCheck.Heeded.PASSING,
                                    Optional.empty())));

    @TempDir Path folder;

    private ServiceWatch open() throws Exception {
        return ServiceWatch.open(
                folder.resolve("checks"),
                () -> NOON,
                new ServiceWatch.Witness() {
                    @Override
                    public Optional<Running> running(String task) {
                        return Optional.empty();
                    }

                    @Override
                    public void changed() {}

                    @Override
                    public void unwell(String task, String because) {}
                });
    }

    @Test
    void carries_out_the_checks_of_what_runs() throws Exception {
        ServiceWatch watch = open();

        watch.look(List.of(WEB), RUNNING);

        assertThat(watch.sights()).extracting(CheckSight::since).containsExactly(NOON);
        watch.leave();
    }

    @Test
    void carries_out_nothing_once_it_was_left() throws Exception {
        ServiceWatch watch = open();
        watch.leave();

        watch.look(List.of(WEB), RUNNING); // a task that starts just then

        assertThat(watch.sights()).extracting(CheckSight::since).containsExactly(Instant.EPOCH);
    }
}
