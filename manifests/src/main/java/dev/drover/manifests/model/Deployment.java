package dev.drover.manifests.model;

/// The way from one version of a job to the next.
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
}
