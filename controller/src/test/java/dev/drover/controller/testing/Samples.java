package dev.drover.controller.testing;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationSpec;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobStatus;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.JobVersionSpec;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.NodeStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Small resources, written as JSON so that a new field of the model changes no test.
public final class Samples {
    /// A moment.
    public static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    /// The uid of [#job(String)].
    public static final String JOB_UID = "job-uid";

    private Samples() {}

    /// A service with one group of one task that says `hello`.
    public static JobSpec spec(int count) {
        return read(
                JobSpec.class,
                """
                {"type": "service", "groups": [{"name": "web", "count": %d, "tasks": [
                  {"name": "server", "driver": "raw_exec", "config": {"command": "/bin/hello"}}]}]}
                """
                        .formatted(count));
    }

    /// A job as somebody declares it, in the default namespace.
    public static Job job(String name) {
        return new Job(Metadata.named("default", name), spec(1), JobStatus.unseen());
    }

    /// The same job as the store has it after its first admission.
    public static Job storedJob(String name) {
        Job job = job(name);
        return new Job(job.metadata().born(JOB_UID, NOON), job.spec(), job.status());
    }

    /// Version 0 of [#storedJob(String)].
    public static JobVersion version(String jobName) {
        return new JobVersion(
                Metadata.named("default", JobVersion.nameOf(JOB_UID, 0)).born("v-uid", NOON),
                new JobVersionSpec(
                        jobName,
                        JOB_UID,
                        0,
                        1,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        spec(1)));
    }

    /// An allocation of version 0 of a job.
    public static Allocation allocation(String id, String jobName, String node) {
        AllocationSpec spec =
                read(
                        AllocationSpec.class,
                        """
                        {"jobName": "%s", "jobUid": "%s", "jobVersion": 0, "group": "web", "index": 0,
                         "node": "%s", "granted": {"cpu": 100, "memoryMib": 64}, "desired": "run",
                         "desiredBecause": "it is wanted", "evaluation": "e-1"}
                        """
                                .formatted(jobName, JOB_UID, node));
        return new Allocation(
                Metadata.named("default", id).born("a-uid-" + id, NOON),
                spec,
                AllocationStatus.unseen());
    }

    /// A status as a node reports it.
    public static AllocationStatus status(AllocationPhase phase) {
        return new AllocationStatus(
                phase, "a test says so", Map.of(), Optional.empty(), 0, Optional.empty());
    }

    /// What a machine with two cores says of itself.
    public static NodeStatus nodeStatus() {
        return read(
                NodeStatus.class,
                """
                {"phase": "initializing", "datacenter": "dc1", "pool": "default", "address": "127.0.0.1",
                 "resources": {"cpu": 4000, "cores": 2, "memoryMib": 4096, "diskMib": 10000,
                   "dynamicPortMin": 20000, "dynamicPortMax": 32000},
                 "drivers": {"raw_exec": {"healthy": true}}}
                """);
    }

    private static <T extends Record> T read(Class<T> type, String json) {
        try {
            return RecordJson.read(type, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
