package dev.drover.manifests.model;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What would become of a job's allocations.
///
/// @param effect `created`, `changed` or `unchanged`: what admitting it would do to the job itself
/// @param because the decision in a sentence
/// @param groups by name, those of the running version included
/// @param unplaced by group: new copies that would have no place, and why
/// @param unreplaced by group: copies that would be stopped and whose replacement would have no
///   place, though the room they leave is counted, and why
/// @param waits what it would wait for when only somebody who promotes its canaries can take it
///   further
public record Plan(
        String effect,
        String because,
        Map<String, Counts> groups,
        Map<String, Unplaced> unplaced,
        Map<String, Unplaced> unreplaced,
        Optional<String> waits) {

    public Plan {
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
        unplaced = Collections.unmodifiableSortedMap(new TreeMap<>(unplaced));
        unreplaced = Collections.unmodifiableSortedMap(new TreeMap<>(unreplaced));
    }

    /// Allocations of one group.
    ///
    /// @param create new ones, those without a place included
    /// @param destroy stopped for good
    /// @param replace stopped and made anew, now or when it is their turn
    /// @param inPlace carried over as they run
    /// @param ignore not touched
    /// @param canary tried beside the others before any of these is stopped or replaced
    public record Counts(
            int create, int destroy, int replace, int inPlace, int ignore, int canary) {}

    /// Whether anything would happen at all.
    public boolean changes() {
        return !effect.equals("unchanged")
                || groups.values().stream()
                        .anyMatch(c -> c.create() + c.destroy() + c.replace() + c.inPlace() > 0);
    }
}
