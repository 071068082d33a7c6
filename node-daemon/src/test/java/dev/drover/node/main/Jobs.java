package dev.drover.node.main;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.AllocationSpec;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Granted;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.Value;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.manifests.wire.Assignment;
import dev.drover.manifests.wire.ToNode.Desired;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Small jobs for tests: one group `g` of one task `t` that runs a shell script.
final class Jobs {
    private Jobs() {}

    /// @param type `service` or `batch`
    static AssignedJob shell(String uid, String type, String script) throws IOException {
        return shell(uid, type, 3, script);
    }

    /// A batch job that may run once.
    static AssignedJob once(String uid, String script) throws IOException {
        return shell(uid, "batch", 0, script);
    }

    private static AssignedJob shell(String uid, String type, int attempts, String script)
            throws IOException {
        String json =
                """
                {"type":"%s","groups":[{"name":"g",
                 "restart":{"attempts":%d,"interval":"10m","delay":"50ms","mode":"fail"},
                 "tasks":[{"name":"t","driver":"raw_exec","killTimeout":"5s",
                  "config":{"command":"/bin/sh","args":["-c",%s]}}]}]}
                """
                        .formatted(type, attempts, RecordJson.value(new Value.Text(script)));
        return new AssignedJob(uid, 1, uid, "default", RecordJson.read(JobSpec.class, json));
    }

    /// The same job; its task has these other fields.
    static AssignedJob with(String fields, AssignedJob job) throws IOException {
        String json =
                RecordJson.text(job.spec()).replaceFirst("\"driver\":", fields + ",\"driver\":");
        return new AssignedJob(
                job.uid(),
                job.version(),
                job.name(),
                job.namespace(),
                RecordJson.read(JobSpec.class, json));
    }

    /// A service whose health is watched: it must have run for `min` before `deadline`.
    static AssignedJob watched(String uid, String min, String deadline, String script)
            throws IOException {
        AssignedJob job = shell(uid, "service", 0, script);
        String update =
                """
                "update":{"healthCheck":"task_states","minHealthyTime":"%s",
                          "healthyDeadline":"%s"},"tasks":\
                """
                        .formatted(min, deadline);
        String json = RecordJson.text(job.spec()).replaceFirst("\"tasks\":", update);
        return new AssignedJob(uid, 1, uid, "default", RecordJson.read(JobSpec.class, json));
    }

    /// One task before, one main task, one after the end; each writes its name to `turns`.
    static AssignedJob inTurns(String uid) throws IOException {
        String json =
                """
                {"type":"service","groups":[{"name":"g","tasks":[
                 {"name":"main","driver":"raw_exec","config":{"command":"/bin/sh","args":["-c",
                  "echo main >>$NOMAD_ALLOC_DIR/data/turns; exec sleep 300"]}},
                 {"name":"first","driver":"raw_exec","lifecycle":{"hook":"prestart"},
                  "config":{"command":"/bin/sh","args":["-c",
                  "sleep 0.3; echo first >>$NOMAD_ALLOC_DIR/data/turns"]}},
                 {"name":"last","driver":"raw_exec","lifecycle":{"hook":"poststop"},
                  "config":{"command":"/bin/sh","args":["-c",
                  "echo last >>$NOMAD_ALLOC_DIR/data/turns"]}}]}]}
                """;
        return new AssignedJob(uid, 1, uid, "default", RecordJson.read(JobSpec.class, json));
    }

    /// A batch job of a main task, a sidecar and one for the end, which write to `turns` when they
    /// end; the group has these other fields.
    static AssignedJob ending(String uid, String group) throws IOException {
        String json =
                """
                {"type":"batch","groups":[{"name":"g",%s,"tasks":[
                 {"name":"main","driver":"raw_exec","config":{"command":"/bin/sh","args":["-c",
                  "trap 'sleep 0.2; echo main >>$NOMAD_ALLOC_DIR/data/turns; exit 0' INT; while :; do sleep 0.05; done"]}},
                 {"name":"side","driver":"raw_exec","lifecycle":{"hook":"prestart","sidecar":true},
                  "config":{"command":"/bin/sh","args":["-c",
                  "trap 'echo side >>$NOMAD_ALLOC_DIR/data/turns; exit 0' INT; while :; do sleep 0.05; done"]}},
                 {"name":"last","driver":"raw_exec","lifecycle":{"hook":"poststop"},
                  "config":{"command":"/bin/sh","args":["-c",
                  "echo last >>$NOMAD_ALLOC_DIR/data/turns"]}}]}]}
                """
                        .formatted(group);
        return new AssignedJob(uid, 1, uid, "default", RecordJson.read(JobSpec.class, json));
    }

    static Assignment assignment(String id, AssignedJob job, DesiredState desired) {
        return new Assignment(
                id,
                "default",
                new AllocationSpec(
                        job.name(),
                        job.uid(),
                        job.version(),
                        "g",
                        0,
                        0,
                        "node",
                        new Granted(100, 100, 100, List.of()),
                        desired,
                        "",
                        "eval",
                        Optional.empty(),
                        Optional.empty(),
                        false));
    }

    /// The same with that granted.
    static Assignment granted(Granted granted, Assignment assignment) {
        AllocationSpec spec = assignment.spec();
        return new Assignment(
                assignment.id(),
                assignment.namespace(),
                new AllocationSpec(
                        spec.jobName(),
                        spec.jobUid(),
                        spec.jobVersion(),
                        spec.group(),
                        spec.index(),
                        spec.attempt(),
                        spec.node(),
                        granted,
                        spec.desired(),
                        spec.desiredBecause(),
                        spec.evaluation(),
                        spec.previous(),
                        spec.deployment(),
                        spec.canary()));
    }

    /// The same in the place of an earlier one.
    static Assignment after(String previous, Assignment assignment) {
        AllocationSpec spec = assignment.spec();
        return new Assignment(
                assignment.id(),
                assignment.namespace(),
                new AllocationSpec(
                        spec.jobName(),
                        spec.jobUid(),
                        spec.jobVersion(),
                        spec.group(),
                        spec.index(),
                        spec.attempt(),
                        spec.node(),
                        spec.granted(),
                        spec.desired(),
                        spec.desiredBecause(),
                        spec.evaluation(),
                        Optional.of(previous),
                        spec.deployment(),
                        spec.canary()));
    }

    /// The same job; its group has these other fields.
    static AssignedJob withGroup(String fields, AssignedJob job) throws IOException {
        return with("\"tasks\":", fields + ",\"tasks\":", job);
    }

    /// The same job, whose group has this disk.
    static AssignedJob withDisk(String fields, AssignedJob job) throws IOException {
        return withGroup("\"ephemeralDisk\":{" + fields + "}", job);
    }

    /// The same job, whose task asks for these resources too.
    static AssignedJob withResources(String fields, AssignedJob job) throws IOException {
        return with("\"driver\"", "\"resources\":{" + fields + "},\"driver\"", job);
    }

    private static AssignedJob with(String before, String after, AssignedJob job)
            throws IOException {
        return new AssignedJob(
                job.uid(),
                job.version(),
                job.name(),
                job.namespace(),
                RecordJson.read(JobSpec.class, RecordJson.text(job.spec()).replace(before, after)));
    }

    static Desired whole(List<AssignedJob> jobs, List<Assignment> assignments) {
        return new Desired(1, true, new ArrayList<>(jobs), assignments, List.of());
    }

    /// The same job under another driver that takes `command` and `args`.
    static AssignedJob under(String driver, AssignedJob job) throws IOException {
        return with("\"raw_exec\"", '"' + driver + '"', job);
    }
}
