package dev.drover.controller.client;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.GitSource;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Namespace;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.SchedulerConfig;
import dev.drover.manifests.model.Variable;
import java.io.IOException;

/// A kind together with the record of its resources, so that what comes from a server has a type.
public record Type<T extends Resource>(Kind kind, Class<T> record) {
    public static final Type<Job> JOBS = new Type<>(Kind.JOB, Job.class);
    public static final Type<JobVersion> JOB_VERSIONS =
            new Type<>(Kind.JOB_VERSION, JobVersion.class);
    public static final Type<Allocation> ALLOCATIONS =
            new Type<>(Kind.ALLOCATION, Allocation.class);
    public static final Type<Evaluation> EVALUATIONS =
            new Type<>(Kind.EVALUATION, Evaluation.class);
    public static final Type<Deployment> DEPLOYMENTS =
            new Type<>(Kind.DEPLOYMENT, Deployment.class);
    public static final Type<GitSource> GIT_SOURCES = new Type<>(Kind.GIT_SOURCE, GitSource.class);
    public static final Type<Hold> HOLDS = new Type<>(Kind.HOLD, Hold.class);
    public static final Type<SchedulerConfig> SCHEDULER_CONFIGS =
            new Type<>(Kind.SCHEDULER_CONFIG, SchedulerConfig.class);
    public static final Type<Node> NODES = new Type<>(Kind.NODE, Node.class);

    /// Resources of a kind that is known only when the program runs.
    public static Type<? extends Resource> of(Kind kind) {
        return switch (kind) {
            case JOB -> JOBS;
            case JOB_VERSION -> JOB_VERSIONS;
            case ALLOCATION -> ALLOCATIONS;
            case EVALUATION -> EVALUATIONS;
            case DEPLOYMENT -> DEPLOYMENTS;
            case VARIABLE -> new Type<>(kind, Variable.class);
            case GIT_SOURCE -> GIT_SOURCES;
            case NODE -> NODES;
            case NAMESPACE -> new Type<>(kind, Namespace.class);
            case HOLD -> HOLDS;
            case SCHEDULER_CONFIG -> SCHEDULER_CONFIGS;
        };
    }

    /// The resource that a text describes.
    T read(String json) throws IOException {
        return record.cast(RecordJson.read(record.asSubclass(Record.class), json));
    }
}
