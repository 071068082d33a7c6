package dev.drover.manifests.model;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// What people declare: a program to keep running or to run to its end, in groups of tasks.
///
/// @param metadata its name, and what is known of it beside what it is
/// @param spec what is wanted
/// @param status what was found; written by the server
public record Job(Metadata metadata, JobSpec spec, JobStatus status) implements Resource {
    private static final int PRIORITY = 50;

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

    /// What the launch of a periodic job for a time is called: the same time, the same name.
    public static String nameOfLaunch(String parent, Instant time) {
        return parent + "/periodic-" + time.getEpochSecond();
    }

    /// Whether it was launched by that job, in its present life.
    public boolean launchedBy(Job parent) {
        return metadata.ownerReferences().stream()
                .anyMatch(owner ->
                        owner.kind() == Kind.JOB
                                && parent.metadata.uid().equals(Optional.of(owner.uid())));
    }

    /// Whether it only waits to be launched: by the clock or by somebody.
    public boolean template() {
        return spec.periodic().isPresent() || spec.parameterized().isPresent();
    }

    /// Whether nothing of it should run: stopped by its owner, or on its way out.
    public boolean stopped() {
        return spec.stop().orElse(false) || metadata.deletionTimestamp().isPresent();
    }

    /// Its type; `service` when its author did not say.
    public JobType type() {
        return spec.type().orElse(JobType.SERVICE);
    }

    /// Its priority; the middle one when its author did not say.
    public int priority() {
        return spec.priority().orElse(PRIORITY);
    }

    /// Its state in a word or two, for people.
    public String state() {
        return status.phase().name().toLowerCase(Locale.ROOT) + (stopped() ? " (stopped)" : "");
    }

    /// Why it is not as it was asked for, in a sentence; empty when it is.
    public Optional<String> because() {
        return first("Stalled", "True")
                .or(() -> first("Ready", "False"))
                .or(() -> first("Reconciling", "True"));
    }

    private Optional<String> first(String type, String value) {
        return status.conditions().stream()
                .filter(c -> c.type().equals(type) && c.status().equals(value))
                .map(Condition::message)
                .filter(message -> !message.isEmpty())
                .findFirst();
    }
}
