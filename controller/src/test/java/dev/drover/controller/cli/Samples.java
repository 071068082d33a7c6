package dev.drover.controller.cli;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationSpec;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.Condition;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DeploymentGroup;
import dev.drover.manifests.model.DeploymentPhase;
import dev.drover.manifests.model.DeploymentSpec;
import dev.drover.manifests.model.DeploymentStatus;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.DriverState;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.EvaluationOutcome;
import dev.drover.manifests.model.EvaluationSpec;
import dev.drover.manifests.model.EvaluationStatus;
import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.Explanation;
import dev.drover.manifests.model.Granted;
import dev.drover.manifests.model.GrantedPort;
import dev.drover.manifests.model.GroupSummary;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobPhase;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobStatus;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodeDevice;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.NodeResources;
import dev.drover.manifests.model.NodeSpec;
import dev.drover.manifests.model.NodeStatus;
import dev.drover.manifests.model.Ranking;
import dev.drover.manifests.model.RefusalSummary;
import dev.drover.manifests.model.Shortage;
import dev.drover.manifests.model.TaskEvent;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.TaskPhase;
import dev.drover.manifests.model.TaskState;
import dev.drover.manifests.model.Unplaced;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Resources as a server would have them. Everything is of one job, `web`, and one node, `n1`.
final class Samples {
    static final Instant NOW = Terminal.NOW;
    static final String EVALUATION = "08dfb51d-0000-4000-8000-000000000001";
    static final String DEPLOYMENT = "1f2e3d4c-0000-4000-8000-000000000003";
    static final String FIRST = "f287af2c-0000-4000-8000-000000000001";
    static final String SECOND = "0c91c497-0000-4000-8000-000000000002";
    private static final String UID = "b07e9a1c-0000-4000-8000-000000000009";

    private Samples() {}

    static Job job(JobType type, int count) {
        var group =
                new TaskGroup(
                        "app",
                        Optional.of(count),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        var spec =
                new JobSpec(
                        Optional.empty(),
                        Optional.of(type),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of("dc1"),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(group),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        return new Job(metadata("default", "web", 8), spec, status(JobPhase.PENDING, 0, List.of()));
    }

    /// The status of a job whose scheduler has not looked yet, but for the phase.
    static JobStatus status(JobPhase phase, int running, List<Condition> conditions) {
        return new JobStatus(
                0,
                Optional.of(EVALUATION),
                0,
                phase,
                Map.of("app", new GroupSummary(2, 0, 2 - running, running, 0, 0, 0)),
                conditions,
                Optional.empty());
    }

    static Condition notReady(String message) {
        return new Condition("Ready", "False", "Blocked", message, 1, NOW);
    }

    static Allocation allocation(String id, int index, AllocationPhase phase, String because) {
        var spec =
                new AllocationSpec(
                        "web",
                        UID,
                        0,
                        "app",
                        index,
                        0,
                        "n1",
                        new Granted(
                                100,
                                64,
                                300,
                                List.of(new GrantedPort("http", 20_481, 20_481, "127.0.0.1"))),
                        DesiredState.RUN,
                        "",
                        EVALUATION,
                        Optional.empty(),
                        Optional.empty(),
                        false);
        var status =
                new AllocationStatus(
                        phase, because, Map.of(), Optional.empty(), 1, Optional.empty());
        return new Allocation(metadata("default", id, 7 - index), spec, status);
    }

    /// One whose task has not begun.
    static Allocation waiting(Allocation allocation, String what) {
        var task = TaskState.pending(List.of(new TaskEvent(NOW, TaskEvent.WAITING, what)));
        var status =
                new AllocationStatus(
                        AllocationPhase.PENDING,
                        "No tasks have started: " + what,
                        Map.of("sleep", task),
                        Optional.empty(),
                        1,
                        Optional.empty());
        return allocation.withStatus(status);
    }

    static Allocation withTask(Allocation allocation) {
        var task =
                new TaskState(
                        TaskPhase.RUNNING,
                        false,
                        1,
                        Optional.of(new Exit.Code(3)),
                        Optional.of(NOW.minusSeconds(5)),
                        Optional.empty(),
                        List.of(
                                new TaskEvent(NOW.minusSeconds(7), "Received", "Task received"),
                                new TaskEvent(NOW.minusSeconds(5), "Started", "Task started")));
        var status =
                new AllocationStatus(
                        allocation.status().phase(),
                        allocation.status().because(),
                        Map.of("sleep", task),
                        Optional.of(true),
                        1,
                        Optional.empty());
        return allocation.withStatus(status);
    }

    static Evaluation placed(String... ids) {
        return evaluation(
                new EvaluationStatus(
                        EvaluationOutcome.COMPLETE,
                        "all are placed",
                        List.of(ids),
                        List.of(),
                        Map.of()));
    }

    static Evaluation blocked() {
        var refusal = new RefusalSummary("memory: asked 9000 MiB, free 512 MiB", 1, List.of("n1"));
        return evaluation(
                new EvaluationStatus(
                        EvaluationOutcome.BLOCKED,
                        "2 have no place",
                        List.of(),
                        List.of(),
                        Map.of("app", new Unplaced(2, 1, List.of(refusal)))));
    }

    static Evaluation evaluation(EvaluationStatus status) {
        return new Evaluation(
                metadata("default", EVALUATION, 7),
                new EvaluationSpec("web", UID, 1, 0, "job-register", 50),
                status);
    }

    static Deployment deployment() {
        var group = new DeploymentGroup(2, 0, 1, 1, 0, false, Optional.empty());
        return new Deployment(
                metadata("default", DEPLOYMENT, 60),
                DeploymentSpec.of("web", UID, 1),
                new DeploymentStatus(
                        DeploymentPhase.RUNNING,
                        "waits for 1 allocation of group \"app\" to become healthy",
                        Map.of("app", group),
                        Optional.empty(),
                        Optional.empty()));
    }

    /// Of two copies of a job the second has no place.
    static Explanation explanation(Job job) {
        var refusal = new RefusalSummary("memory: asked 9000 MiB, free 512 MiB", 1, List.of("n1"));
        var reason =
                new Shortage.NodeReason(
                        "n1",
                        "memory: asked 9000 MiB, free 512 MiB",
                        List.of("web.app[0] 9000 MiB"));
        return new Explanation(
                "41",
                job,
                List.of(
                        new Shortage(
                                "app",
                                2,
                                new Unplaced(1, 1, List.of(refusal)),
                                List.of(reason),
                                List.of("lower memory of task \"sleep\" to 512 MiB"))),
                List.of());
    }

    /// The same job with all its places, and the nodes for one more copy.
    static Explanation ranked(Job job) {
        var first =
                new Ranking.Ranked(
                        "n1",
                        -113,
                        List.of(
                                new Ranking.Part("binpack", 274),
                                new Ranking.Part("job-anti-affinity", -500)));
        var second = new Ranking.Ranked("n2", -250, List.of(new Ranking.Part("binpack", -250)));
        return new Explanation(
                "41", job, List.of(), List.of(new Ranking("app", 12, List.of(first, second))));
    }

    static Node node() {
        var status =
                new NodeStatus(
                        NodePhase.READY,
                        "",
                        "dc1",
                        "default",
                        "",
                        "127.0.0.1",
                        "boot",
                        new NodeResources(
                                5192,
                                2,
                                24_000,
                                250_000,
                                20_000,
                                32_000,
                                List.of(),
                                List.of(
                                        new NodeDevice(
                                                "acme",
                                                "serial",
                                                "modem",
                                                Map.of(),
                                                List.of("ttyUSB0")))),
                        Map.of("os.name", "debian", "kernel.name", "linux"),
                        Map.of(),
                        Map.of(
                                "raw_exec",
                                new DriverState(true, "", Map.of()),
                                "jail",
                                new DriverState(false, "no perl on this machine", Map.of())),
                        Map.of(),
                        Map.of("public", "203.0.113.7"),
                        0,
                        Optional.empty());
        return new Node(metadata("", "n1", 3600), NodeSpec.open(), status);
    }

    private static Metadata metadata(String namespace, String name, long ageSeconds) {
        Metadata named = Metadata.named(namespace, name);
        String uid = name.equals("web") ? UID : name;
        return named.born(uid, NOW.minusSeconds(ageSeconds)).at("41");
    }
}
