package dev.drover.store.typed;

import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.store.lease.Epoch;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What one transaction does to resources, and what must hold for it.
///
/// All of it is done or nothing. The answer is a [dev.drover.store.Commit]; the revision of a done
/// one is the `resourceVersion` of everything it wrote.
///
/// @param requestId see [dev.drover.store.Txn]
public record Write(List<Step> steps, Optional<String> requestId) {
    /// One part of it.
    public sealed interface Step {
        /// Nothing of that name is there; it is written.
        record Create(Resource resource) implements Step {}

        /// What is there is still what was read (by its `resourceVersion`); it is written over.
        record Replace(Resource resource) implements Step {}

        /// It is written, whatever is there.
        record Put(Resource resource) implements Step {}

        /// What is there is still what was read; it goes.
        record Delete(Resource resource) implements Step {}

        /// It goes, whatever is there.
        record Remove(Kind kind, ResourceName name) implements Step {}

        /// What is there is still what was read. Nothing is written.
        record Unchanged(Resource resource) implements Step {}

        /// Nothing of that name is there. Nothing is written.
        record Absent(Kind kind, ResourceName name) implements Step {}

        /// The job is still the one that was read, with the same spec; its status may have changed.
        record SameSpec(Job job) implements Step {}

        /// The writer still leads.
        record Under(Epoch epoch) implements Step {}
    }

    /// Takes a copy of the list.
    public Write {
        steps = List.copyOf(steps);
    }

    /// These steps.
    public static Write of(Step... steps) {
        return new Write(List.of(steps), Optional.empty());
    }

    /// These and more.
    public Write and(Step... more) {
        return new Write(Stream.concat(steps.stream(), Stream.of(more)).toList(), requestId);
    }

    /// The same with a request id.
    public Write requestId(String id) {
        return new Write(steps, Optional.of(id));
    }
}
