package dev.drover.node.hook;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.AllocationSpec;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Granted;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.NodeStatus;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.manifests.wire.Assignment;
import dev.drover.node.driver.TaskFolders;
import dev.drover.node.environment.Hardware;
import dev.drover.node.environment.NodeFacts;
import dev.drover.node.environment.TaskSubject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tasks on their way to their start, for tests of hooks.
public final class TaskContexts {
    private TaskContexts() {}

    /// The task `web` with folders beneath that one; the fields are those of a task in JSON.
    public static TaskContext of(Path folder, String fields) throws IOException {
        return of(folder, "", fields);
    }

    /// The same of a job that was dispatched with a payload, in Base64.
    public static TaskContext withPayload(Path folder, String fields, String payload)
            throws IOException {
        return of(folder, "\"payload\":\"" + payload + "\",", fields);
    }

    private static TaskContext of(Path folder, String ofJob, String fields) throws IOException {
        JobSpec spec =
                RecordJson.read(
                        JobSpec.class,
                        "{"
                                + ofJob
                                + "\"groups\":[{\"name\":\"g\",\"tasks\":[{\"name\":\"web\",\"driver\":\"raw_exec\","
                                + fields
                                + "}]}]}");
        TaskGroup group = spec.groups().getFirst();
        AssignedJob job = new AssignedJob("uid", 1, "job", "default", spec);
        Assignment assignment =
                new Assignment(
                        "0123456789ab",
                        "default",
                        new AllocationSpec(
                                "job",
                                "uid",
                                1,
                                "g",
                                0,
                                0,
                                "node",
                                new Granted(100, 100, 100, List.of()),
                                DesiredState.RUN,
                                "",
                                "eval",
                                Optional.empty(),
                                Optional.empty(),
                                false));
        TaskFolders folders = new TaskFolders(folder.resolve("web"), folder.resolve("alloc"));
        for (Path made :
                List.of(folders.local(), folders.secrets(), folders.tmp(), folders.logs())) {
            Files.createDirectories(made);
        }
        NodeFacts node =
                new NodeFacts(
                        "n1",
                        "node",
                        RecordJson.read(NodeStatus.class, "{\"phase\":\"ready\",\"resources\":{}}"),
                        new Hardware(List.of(0), Map.of()));
        return TaskContext.of(
                new TaskSubject(assignment, job, group, group.tasks().getFirst()), node, folders);
    }
}
