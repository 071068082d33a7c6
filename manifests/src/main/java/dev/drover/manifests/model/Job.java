package dev.drover.manifests.model;

/// What people declare: a program to keep running or to run to its end, in groups of tasks.
public record Job(Metadata metadata, JobSpec spec, JobStatus status) implements Resource {

    @Override
    public Kind kind() {
        return Kind.JOB;
    }

    @Override
    public Job withMetadata(Metadata other) {
        return new Job(other, spec, status);
    }

    /// The same job with another spec.
    public Job withSpec(JobSpec other) {
        return new Job(metadata, other, status);
    }

    /// The same job with another status.
    public Job withStatus(JobStatus other) {
        return new Job(metadata, spec, other);
    }

    /// Whether nothing of it should run: stopped by its owner, or on its way out.
    public boolean stopped() {
        return spec.stop().orElse(false) || metadata.deletionTimestamp().isPresent();
    }
}
