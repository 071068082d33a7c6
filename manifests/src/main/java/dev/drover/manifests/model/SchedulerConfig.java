package dev.drover.manifests.model;

/// How copies are placed in the whole cluster. There is one, called `default`; without it all is as
/// where nobody says anything.
public record SchedulerConfig(Metadata metadata, SchedulerConfigSpec spec) implements Resource {
    /// The name of the only one.
    public static final String NAME = "default";

    @Override
    public Kind kind() {
        return Kind.SCHEDULER_CONFIG;
    }

    @Override
    public SchedulerConfig withMetadata(Metadata other) {
        return new SchedulerConfig(other, spec);
    }
}
