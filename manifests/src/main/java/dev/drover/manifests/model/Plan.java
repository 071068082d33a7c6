package dev.drover.manifests.model;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What would become of a job's allocations.
///
/// @param effect `created`, `changed` or `unchanged`: what admitting it would do to the job itself
/// @param because the decision in a sentence
/// @param groups by name, those of the running version included
/// @param unplaced by group: copies without a place now, and why
public record Plan(
        String effect, String because, Map<String, Counts> groups, Map<String, Unplaced> unplaced) {

    public Plan {
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
        unplaced = Collections.unmodifiableSortedMap(new TreeMap<>(unplaced));
    }

    /// Allocations of one group.
    ///
    /// @param create new ones, those without a place included
    /// @param destroy stopped for good
    /// @param replace stopped and made anew, now or when it is their turn
    /// @param inPlace carried over as they run
    /// @param ignore not touched
    public record Counts(int create, int destroy, int replace, int inPlace, int ignore) {}

    /// Whether anything would happen at all.
    public boolean changes() {
        return !effect.equals("unchanged")
                || groups.values().stream()
                        .anyMatch(c -> c.create() + c.destroy() + c.replace() + c.inPlace() > 0);
    }
}
