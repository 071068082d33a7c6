package dev.drover.controller.cli;

import static dev.drover.controller.cli.Samples.FIRST;
import static dev.drover.controller.cli.Samples.SECOND;
import static dev.drover.controller.cli.Samples.allocation;
import static dev.drover.manifests.model.AllocationPhase.COMPLETE;
import static dev.drover.manifests.model.AllocationPhase.FAILED;
import static dev.drover.manifests.model.AllocationPhase.RUNNING;
import static dev.drover.manifests.model.JobType.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobPhase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What commands print, whole, in `src/test/resources/transcripts`. `make golden` rewrites the
/// files; read their diff.
class TranscriptTest {
    private static final String DEFAULT = "/apis/drover.dev/v1/namespaces/default/";

    private FakeApi api;

    @BeforeEach
    void a_server() throws IOException {
        api = new FakeApi();
    }

    @AfterEach
    void no_server() {
        api.close();
    }

    @Test
    void of_nothing() throws IOException {
        check(
                "empty",
                "status",
                "node status",
                "get jobs",
                "status web",
                "alloc status 1c",
                "logs 1c");
    }

    @Test
    void of_a_job_that_runs() throws IOException {
        Job job = Samples.job(SERVICE, 2);
        api.has(
                job.withStatus(Samples.status(JobPhase.RUNNING, 2, List.of())),
                Samples.placed(FIRST, SECOND),
                Samples.withTask(allocation(FIRST, 0, RUNNING, "tasks are running")),
                allocation(SECOND, 1, COMPLETE, "stopped"),
                Samples.node());

        check(
                "running",
                "status",
                "status web",
                "status we",
                "alloc status f2",
                "node status",
                "node status n1",
                "node drain -force -deadline 1h n1",
                "eval status 08",
                "eval list -job web -status blocked",
                "get allocs",
                "get allocs -o wide",
                "get job web",
                "get job web -o json",
                "status -json");
    }

    @Test
    void of_a_job_that_waits_and_fails() throws IOException {
        Job job = Samples.job(SERVICE, 2);
        api.has(
                job.withStatus(
                        Samples.status(
                                JobPhase.PENDING,
                                0,
                                List.of(Samples.notReady("2 of group \"app\" have no place")))),
                Samples.blocked(),
                allocation(FIRST, 0, FAILED, "task \"sleep\": exit code 3 and no restarts left"));

        check("waiting", "status", "status web", "eval status 08");
    }

    @Test
    void of_a_stop_that_nobody_waits_for() throws IOException {
        api.has(Samples.job(SERVICE, 1));

        check("stopping-detached", "stop -detach web", "stop web");
    }

    @Test
    void of_a_tasks_output() throws IOException {
        api.has(Samples.withTask(allocation(FIRST, 0, RUNNING, "")));
        String log = DEFAULT + "allocations/" + FIRST + "/logs";
        api.says(log + "?type=stdout&task=sleep", "one\ntwo\n");
        api.says(log + "?type=stderr&task=sleep&follow=true", "oops\n");

        check("logs", "logs f2", "logs -f -stderr f287 sleep");
    }

    @Test
    void of_a_deployment_that_somebody_holds_up() throws IOException {
        Deployment deployment = Samples.deployment();
        api.has(Samples.job(SERVICE, 2), deployment);
        api.says(
                DEFAULT + "deployments/" + Samples.DEPLOYMENT + "?null",
                RecordJson.manifest(deployment));

        check(
                "deployments",
                "deployment list",
                "deployment status 1f2e",
                "deployment pause 1f2e",
                "deployment resume web",
                "deployment fail 1f2e",
                "deployment pause");
    }

    @Test
    void of_a_job_that_is_asked_for_more() throws IOException {
        Job job = Samples.job(SERVICE, 2);
        api.has(job);
        api.says(DEFAULT + "jobs/web/scale?group=app", "{}");
        api.says(DEFAULT + "jobs/web/dispatch?null", RecordJson.manifest(job));

        check(
                "asking",
                "scale -detach web 3",
                "scale web/app many",
                "scale web/other 3",
                "job dispatch -detach -meta size=small web",
                "job dispatch -meta small web");
    }

    @Test
    void of_what_has_no_place() throws IOException {
        Job job = Samples.job(SERVICE, 2);
        api.has(job);
        api.says(DEFAULT + "jobs/web/why?null", RecordJson.text(Samples.explanation(job)));

        api.says(DEFAULT + "jobs/web/why?scores=true", RecordJson.text(Samples.ranked(job)));
        check("why", "why web", "why -json web", "why nowhere", "why -scores web");
    }

    /// Types every command and compares all that was printed with the golden file.
    private void check(String name, String... commands) throws IOException {
        var transcript = new StringBuilder();
        for (String command : commands) {
            Terminal terminal = api.terminal();
            int code = terminal.type(command.split(" "));
            transcript.append("$ drover ").append(command).append('\n');
            transcript.append(terminal.out()).append(terminal.err());
            transcript.append(code == 0 ? "" : "[exit " + code + "]\n").append('\n');
        }
        compare(name, transcript.toString());
    }

    /// Compares what was printed with the golden file of that name.
    static void compare(String name, String transcript) throws IOException {
        Path golden = Path.of("src/test/resources/transcripts", name + ".txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, transcript);
        }
        assertThat(transcript).isEqualTo(Files.readString(golden));
    }
}
