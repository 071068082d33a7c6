package dev.drover.manifests.model;

/// The way from one version of a job to the next.
///
/// @param metadata its name, and what is known of it beside what it is
/// @param spec what is wanted
/// @param status what was found; written by the server
public record Deployment(Metadata metadata, DeploymentSpec spec, DeploymentStatus status)
        implements Resource {

    @Override
    public Kind kind() {
        return Kind.DEPLOYMENT;
    }

    @Override
    public Deployment withMetadata(Metadata other) {
        return new Deployment(other, spec, status);
    }

    /// The same deployment with other wishes.
    public Deployment withSpec(DeploymentSpec other) {
        return new Deployment(metadata, other, status);
    }

    /// The same deployment with another status.
    public Deployment withStatus(DeploymentStatus other) {
        return new Deployment(metadata, spec, other);
    }
}
