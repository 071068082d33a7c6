package dev.drover.reconcilers.decision;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a loop wants done after one look. Committed whole or not at all.
///
/// @param actions all of them in one transaction, at most one for each resource
/// @param because why, and why nothing when there are none: what the user reads
/// @param lookAgain when time alone will change the answer
public record Decision(List<Action> actions, String because, Optional<Instant> lookAgain) {
    /// Takes a copy of the list.
    public Decision {
        actions = List.copyOf(actions);
    }

    /// Nothing is to be done until something changes.
    public static Decision nothing(String because) {
        return new Decision(List.of(), because, Optional.empty());
    }

    /// These actions, and nothing that time would change.
    public static Decision of(List<Action> actions, String because) {
        return new Decision(actions, because, Optional.empty());
    }

    /// Nothing is to be done before `again`, unless something changes.
    public static Decision wait(Instant again, String because) {
        return new Decision(List.of(), because, Optional.of(again));
    }
}
