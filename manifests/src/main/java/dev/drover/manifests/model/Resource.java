package dev.drover.manifests.model;

/// Anything the store holds: what it is called, what is wanted, and (for most kinds) what is.
public sealed interface Resource
        permits Job,
                JobVersion,
                Allocation,
                Evaluation,
                Deployment,
                Variable,
                GitSource,
                Node,
                Namespace,
                Hold,
                SchedulerConfig {

    /// Its kind: one per record type.
    Kind kind();

    /// What every resource has.
    Metadata metadata();

    /// The same resource with other metadata.
    Resource withMetadata(Metadata metadata);

    /// What it is called within its kind.
    default ResourceName name() {
        return new ResourceName(metadata().namespace(), metadata().name());
    }
}
