package dev.drover.reconcilers.simulation;

import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DeploymentSpec;
import dev.drover.manifests.model.DeviceRequest;
import dev.drover.manifests.model.DisconnectPolicy;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobStatus;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.JobVersionSpec;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.PreemptionPolicy;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.SchedulerAlgorithm;
import dev.drover.manifests.model.SchedulerConfig;
import dev.drover.manifests.model.SchedulerConfigSpec;
import dev.drover.manifests.model.UpdatePolicy;
import dev.drover.manifests.shape.Records;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.Updates;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.counting.Slot;
import dev.drover.reconcilers.deployment.Deployments;
import dev.drover.store.Commit;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.Write;
import dev.drover.store.typed.Write.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// Whoever runs, changes, stops and deletes jobs. Does what admission does.
final class People {
    /// Few names, so that jobs come back in another life.
    private static final int NAMES = 6;

    /// Launched by the clock for as long as the story lasts.
    private static final String CLOCK = "cron6";

    /// Beyond what a job is drawn with.
    private static final int URGENT = 90;

    private static final DeviceRequest DEVICE =
            new DeviceRequest("gpu", Optional.of(1), List.of(), List.of());

    private final Tables tables;
    private final SplittableRandom random;

    /// In one story of two there are two services alone, which change and change again, and whose
    /// updates are mostly left to go on: else few updates get as far as a second copy.
    private final boolean patient;

    /// The first of those two, from 2: most of the pairs have one that surges.
    private final int first;

    private int lives;

    People(Tables tables, SplittableRandom random) {
        this.tables = tables;
        this.random = random;
        this.patient = random.nextBoolean();
        this.first = 2 + random.nextInt(3);
    }

    /// Somebody does something. Answers what, or that it was refused.
    String act(Cluster cluster, Instant now) {
        int number = patient ? first + (random.nextInt(3) == 0 ? 0 : 1) : random.nextInt(NAMES + 1);
        ResourceName name = new ResourceName("default", number == NAMES ? CLOCK : "job" + number);
        Optional<Job> job = cluster.job(name);
        boolean leaves = job.isPresent() && job.get().metadata().deletionTimestamp().isPresent();
        if (leaves) {
            return name + " is on its way out";
        }
        if (job.isEmpty()) {
            JobType type = number == NAMES ? JobType.BATCH : type();
            return "run " + name + ": " + admit(name, sketch(name, type).spec(), job, now);
        }
        JobType type = job.get().spec().type().orElse(JobType.SERVICE);
        Optional<Deployment> deployment =
                Deployments.of(job.get(), cluster).filter(d -> d.status().phase().active());
        if (deployment.isPresent() && patient && random.nextInt(4) != 0) {
            return name + " is left to its update";
        }
        if (deployment.isPresent() && random.nextBoolean()) {
            return steer(deployment.get());
        }
        return switch (draw(8)) {
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

    /// Somebody does something, as often as not to a deployment of one of these jobs.
    String meddle(List<ResourceName> jobs, Cluster cluster, Instant now) {
        List<Deployment> active =
                jobs.stream()
                        .flatMap(name -> cluster.job(name).stream())
                        .flatMap(job -> Deployments.of(job, cluster).stream())
                        .filter(some -> some.status().phase().active())
                        .toList();
        return active.isEmpty() || random.nextBoolean()
                ? act(cluster, now)
                : steer(active.get(random.nextInt(active.size())));
    }

    /// A job becomes more urgent than any other.
    String urge(ResourceName name, Cluster cluster, Instant now) {
        Optional<Job> job =
                cluster.job(name).filter(some -> some.metadata().deletionTimestamp().isEmpty());
        return job.isEmpty()
                ? name + " is gone"
                : "urge "
                        + name
                        + ": "
                        + admit(
                                name,
                                Records.with(job.get().spec(), "priority", Optional.of(URGENT)),
                                job,
                                now);
    }

    /// Somebody pauses or resumes a deployment, promotes its canaries, or gives it up.
    private String steer(Deployment deployment) {
        DeploymentSpec spec = deployment.spec();
        return switch (random.nextInt(6)) {
            case 0, 1 -> ask(deployment, !spec.paused(), spec.promoted(), spec.failed());
            case 2, 3, 4 -> ask(deployment, spec.paused(), List.of("main"), spec.failed());
            default -> ask(deployment, spec.paused(), spec.promoted(), true);
        };
    }

    private String ask(
            Deployment deployment, boolean paused, List<String> promoted, boolean failed) {
        DeploymentSpec old = deployment.spec();
        DeploymentSpec spec =
                new DeploymentSpec(
                        old.jobName(),
                        old.jobUid(),
                        old.jobVersion(),
                        paused,
                        promoted,
                        failed,
                        old.health());
        return "deployment of %s version %d: paused %s, promoted %s, failed %s: "
                        .formatted(old.jobName(), old.jobVersion(), paused, promoted, failed)
                + answer(new Step.Replace(deployment.withSpec(spec)));
    }

    /// Somebody says yes to whatever waits for people.
    List<String> agree(Cluster cluster) {
        List<String> done = new ArrayList<>();
        cluster.byJob()
                .forEach(ofJob ->
                        ofJob.deployments()
                                .forEach(some -> {
                                    boolean said =
                                            !some.spec().paused()
                                                    && some.spec().promoted().contains("main");
                                    if (some.status().phase().active() && !said) {
                                        done.add(
                                                ask(
                                                        some,
                                                        false,
                                                        List.of("main"),
                                                        some.spec().failed()));
                                    }
                                }));
        return done;
    }

    /// How copies are placed, for as long as the story lasts.
    void configure() {
        Optional<Boolean> others = Optional.of(random.nextBoolean());
        PreemptionPolicy preemption = new PreemptionPolicy(others, others, others, others);
        SchedulerConfigSpec spec =
                new SchedulerConfigSpec(
                        Optional.of(
                                random.nextBoolean()
                                        ? SchedulerAlgorithm.BINPACK
                                        : SchedulerAlgorithm.SPREAD),
                        Optional.of(random.nextBoolean()),
                        random.nextInt(4) == 0 ? Optional.of(5) : Optional.empty(),
                        Optional.of(preemption),
                        Map.of());
        answer(
                new Step.Create(
                        new SchedulerConfig(Metadata.named("", SchedulerConfig.NAME), spec)));
    }

    /// Nothing is launched by the clock any more.
    void stopClocks(Cluster cluster, Instant now) {
        ResourceName name = new ResourceName("default", CLOCK);
        cluster.job(name)
                .filter(job -> job.metadata().deletionTimestamp().isEmpty())
                .ifPresent(job -> admit(name, job.spec().withStop(true), Optional.of(job), now));
    }

    /// What a job's name says of its updates, for as long as the story lasts.
    static UpdatePolicy style(String job) {
        int number = job.charAt(job.length() - 1) - '0';
        UpdatePolicy policy = Updates.of(1 + number % 2);
        return surges(job) ? Updates.surge(policy) : policy;
    }

    static boolean surges(String job) {
        return job.endsWith("2") || job.endsWith("5");
    }

    /// Two of the names may come back from silent nodes.
    static Optional<DisconnectPolicy> absence(String job) {
        if (!job.endsWith("0") && !job.endsWith("3")) {
            return Optional.empty();
        }
        String keep = job.endsWith("0") ? "keep_original" : "keep_replacement";
        return Optional.of(
                new DisconnectPolicy(
                        Optional.of(Duration.ofMinutes(job.endsWith("0") ? 1 : 20)),
                        Optional.empty(),
                        Optional.of(true),
                        Optional.of(keep)));
    }

    private UpdatePolicy update(String job, int count) {
        UpdatePolicy policy = style(job);
        int canaries = Math.min(count, random.nextInt(4));
        if (canaries > 0 && random.nextBoolean()) {
            policy = Updates.canary(policy, canaries, random.nextBoolean());
        }
        return random.nextBoolean() ? Updates.autoRevert(policy) : policy;
    }

    /// One of so many outcomes. The last is always the plain one, and all that patient people do.
    private int draw(int outcomes) {
        return patient ? outcomes - 1 : random.nextInt(outcomes);
    }

    /// One of so many sizes. Patient people leave room for a copy beside another one.
    private int size(int sizes) {
        return random.nextInt(patient ? sizes - 1 : sizes);
    }

    private JobType type() {
        return switch (draw(8)) {
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
                        .args(random.nextInt(5) == 0 ? Behaviour.BAD : "args" + random.nextInt(2))
                        .priority(50 + random.nextInt(4) * 8)
                        .resources(100 + 400 * size(4), 100 + 1_000 * size(3));
        int count = patient ? 3 + random.nextInt(2) : random.nextInt(5);
        if (type == JobType.SERVICE || type == JobType.BATCH) {
            sketch.count(count);
        }
        if (name.name().equals(CLOCK)) {
            sketch.periodic(true, "*/7 * * * *", "*/5 * * * *");
        }
        if (type == JobType.SERVICE) {
            sketch.update(update(name.name(), count));
            absence(name.name()).ifPresent(sketch::disconnect);
        }
        switch (draw(8)) {
            case 6 -> sketch.cores(1 + random.nextInt(2));
            case 5 -> sketch.device(DEVICE);
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
                        old.conditions(),
                        old.launched());
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
