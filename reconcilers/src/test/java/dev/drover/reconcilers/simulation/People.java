package dev.drover.reconcilers.simulation;

import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobStatus;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.JobVersionSpec;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.counting.Slot;
import dev.drover.store.Commit;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.Write;
import dev.drover.store.typed.Write.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Whoever runs, changes, stops and deletes jobs. Does what admission does.
final class People {
    /// Few names, so that jobs come back in another life.
    private static final int NAMES = 6;

    private final Tables tables;
    private final SplittableRandom random;
    private int lives;

    People(Tables tables, SplittableRandom random) {
        this.tables = tables;
        this.random = random;
    }

    /// Somebody does something. Answers what, or that it was refused.
    String act(Cluster cluster, Instant now) {
        ResourceName name = new ResourceName("default", "job" + random.nextInt(NAMES));
        Optional<Job> job = cluster.job(name);
        boolean leaves = job.isPresent() && job.get().metadata().deletionTimestamp().isPresent();
        if (leaves) {
            return name + " is on its way out";
        }
        if (job.isEmpty()) {
            return "run " + name + ": " + admit(name, sketch(name, type()).spec(), job, now);
        }
        JobType type = job.get().spec().type().orElse(JobType.SERVICE);
        return switch (random.nextInt(8)) {
            case 0 -> "delete " + name + ": " + delete(job.get(), now);
            case 1, 2 ->
                    "stop " + name + ": " + admit(name, job.get().spec().withStop(true), job, now);
            case 3 ->
                    "start "
                            + name
                            + ": "
                            + admit(name, job.get().spec().withStop(false), job, now);
            default -> "change " + name + ": " + admit(name, sketch(name, type).spec(), job, now);
        };
    }

    private JobType type() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> JobType.BATCH;
            case 2 -> JobType.SYSTEM;
            case 3 -> JobType.SYSBATCH;
            default -> JobType.SERVICE;
        };
    }

    /// Always one of a few shapes: some changes are in place, some replace, some change nothing.
    private Sketch sketch(ResourceName name, JobType type) {
        Sketch sketch =
                Sketch.of(type, name.name())
                        .args("args" + random.nextInt(2))
                        .priority(random.nextBoolean() ? 50 : 80)
                        .resources(100 + 400 * random.nextInt(4), 100 + 1_000 * random.nextInt(3));
        if (type == JobType.SERVICE || type == JobType.BATCH) {
            sketch.count(random.nextInt(5));
        }
        if (type == JobType.SERVICE) {
            sketch.maxParallel(1);
        }
        switch (random.nextInt(6)) {
            case 0 -> sketch.staticPort("http", 8_080);
            case 1, 2 -> sketch.dynamicPort("http").dynamicPort("admin");
            case 3 -> sketch.constraint("${attr.rack}", "=", "a");
            case 4 -> sketch.constraint("", "distinct_hosts", "true");
            default -> {}
        }
        return sketch;
    }

    private String admit(ResourceName name, JobSpec spec, Optional<Job> before, Instant now) {
        if (before.isPresent() && before.get().spec().equals(spec)) {
            return "no change";
        }
        Metadata metadata =
                before.map(Job::metadata)
                        .map(old -> old.withGeneration(old.generation() + 1))
                        .orElseGet(() ->
                                Metadata.named(name.namespace(), name.name())
                                        .born(name.name() + "-life" + lives++, now));
        String uid = metadata.uid().orElseThrow();
        int version = before.map(job -> job.status().version() + 1).orElse(0);
        JobStatus old = before.map(Job::status).orElse(JobStatus.unseen());
        JobStatus status =
                new JobStatus(
                        version,
                        Optional.of(Slot.hash(uid + version)),
                        old.observedGeneration(),
                        old.phase(),
                        old.groups(),
                        old.conditions());
        JobVersion kept =
                new JobVersion(
                        Metadata.named(name.namespace(), JobVersion.nameOf(uid, version))
                                .born(uid + "." + version, now),
                        new JobVersionSpec(
                                name.name(),
                                uid,
                                version,
                                1,
                                false,
                                Optional.empty(),
                                Optional.empty(),
                                spec));
        Job job = new Job(metadata, spec, status);
        Step step = before.isPresent() ? new Step.Replace(job) : new Step.Create(job);
        return answer(new Step.Create(kept), step);
    }

    private String delete(Job job, Instant now) {
        return answer(new Step.Replace(job.withMetadata(job.metadata().deleted(now))));
    }

    private String answer(Step... steps) {
        Commit commit = tables.commit(new Write(List.of(steps), Optional.empty()));
        return commit instanceof Commit.Done done ? "revision " + done.revision() : "lost a race";
    }
}
