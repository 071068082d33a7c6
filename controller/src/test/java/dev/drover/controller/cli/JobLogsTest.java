package dev.drover.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.JobPhase;
import dev.drover.manifests.model.JobStatus;
import dev.drover.manifests.model.JobType;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The output of a job whose nodes or server go away meanwhile.
final class JobLogsTest {
    private static final String LOGS = "/apis/drover.dev/v1/namespaces/default/allocations/";

    @Test
    void output_that_breaks_off_is_no_success() throws Exception {
        try (var api = two()) {
            api.breaksOff(LOGS + Samples.FIRST + "/logs");
            Terminal terminal = api.terminal();

            assertThat(terminal.type("logs", "web")).isEqualTo(1);

            assertThat(terminal.out()).contains("0c91c497 sleep | whole\n");
            assertThat(terminal.err())
                    .contains("f287af2c sleep | the output was lost: the answer was cut short")
                    .contains("Error: the output of job \"web\" is not whole")
                    .contains("why: missing is that of f287af2c sleep\n");
        }
    }

    /// The job is not over, and one of its copies prints nothing: nobody would be told for long.
    @Test
    void followed_output_that_breaks_off_ends_at_once_and_says_how_to_go_on() throws Exception {
        try (var api = two()) {
            api.breaksOff(LOGS + Samples.FIRST + "/logs");
            Terminal terminal = api.terminal();

            assertThat(terminal.type("logs", "-f", "web")).isEqualTo(1);

            assertThat(terminal.err())
                    .contains("Error: the output of job \"web\" broke off")
                    .contains("what its tasks have written since 2026-11-24T18:45:20Z is missing")
                    .contains("`drover logs -f --since 2026-11-24T18:45:20Z web` goes on there");
        }
    }

    /// As right after a restart of the server.
    @Test
    void a_node_that_is_not_connected_yet_is_asked_again() throws Exception {
        try (var api = two()) {
            api.busyAtFirst(LOGS + Samples.FIRST + "/logs").says(of(Samples.FIRST, true), "here\n");
            api.says(of(Samples.SECOND, true), "whole\n");
            Terminal terminal = api.terminal();
            Thread follows = Thread.ofVirtual().start(() -> terminal.type("logs", "-f", "web"));

            await().until(() -> terminal.out().contains("f287af2c sleep | here\n"));
            api.has(Samples.job(JobType.SERVICE, 2).withStatus(over()));
            follows.join();

            assertThat(terminal.err()).isEqualTo("f287af2c sleep | node n1 is not connected\n");
        }
    }

    @Test
    void a_node_that_is_not_connected_is_no_success() throws Exception {
        try (var api = two()) {
            api.busyAtFirst(LOGS + Samples.FIRST + "/logs");
            Terminal terminal = api.terminal();

            assertThat(terminal.type("logs", "web")).isEqualTo(1);

            assertThat(terminal.err()).contains("missing is that of f287af2c sleep");
        }
    }

    private static String of(String id, boolean followed) {
        return LOGS + id + "/logs?type=stdout&task=sleep" + (followed ? "&follow=true" : "");
    }

    @Test
    void a_node_that_has_nothing_lets_nothing_be_missing() throws Exception {
        try (var api = new FakeApi()) {
            api.has(Samples.job(JobType.BATCH, 1).withStatus(over()), copy(Samples.FIRST, 0));
            Terminal terminal = api.terminal();

            assertThat(terminal.type("logs", "-p", "web")).isZero();

            assertThat(terminal.err()).isEqualTo("f287af2c sleep | there is none\n");
        }
    }

    @Test
    void who_waits_for_output_knows_for_what() throws Exception {
        try (var api = new FakeApi()) {
            api.has(Samples.job(JobType.BATCH, 1));
            Terminal terminal = api.terminal();

            assertThat(terminal.type("logs", "web")).isEqualTo(1);
            assertThat(terminal.err())
                    .contains("Error: no task of job \"web\" has begun\n")
                    .contains("`drover why web` says what it waits for");

            Terminal other = api.terminal();
            Thread follows = Thread.ofVirtual().start(() -> other.type("logs", "-f", "web"));
            await().until(() -> other.err().contains("no task of job \"web\" has begun yet"));
            api.has(Samples.job(JobType.BATCH, 1).withStatus(over()));
            follows.join();
        }
    }

    private static FakeApi two() throws Exception {
        return new FakeApi()
                .has(
                        Samples.job(JobType.SERVICE, 2),
                        copy(Samples.FIRST, 0),
                        copy(Samples.SECOND, 1))
                .says(of(Samples.SECOND, false), "whole\n");
    }

    private static Allocation copy(String id, int index) {
        return Samples.withTask(Samples.allocation(id, index, AllocationPhase.RUNNING, ""));
    }

    private static JobStatus over() {
        return Samples.status(JobPhase.DEAD, 0, List.of());
    }
}
