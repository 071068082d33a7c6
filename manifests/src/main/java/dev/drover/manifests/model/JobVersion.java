package dev.drover.manifests.model;

/// One kept spec of a job. Immutable but for its tag and stable mark; the place where a spec is
/// stored.
///
/// @param metadata its name, and what is known of it beside what it is
/// @param spec what is wanted
public record JobVersion(Metadata metadata, JobVersionSpec spec) implements Resource {

    @Override
    public Kind kind() {
        return Kind.JOB_VERSION;
    }

    @Override
    public JobVersion withMetadata(Metadata other) {
        return new JobVersion(other, spec);
    }

    /// The name of a version: unique over all lives of a job's name.
    public static String nameOf(String jobUid, int version) {
        return jobUid + "." + version;
    }
}
