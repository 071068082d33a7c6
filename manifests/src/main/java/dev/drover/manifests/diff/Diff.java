package dev.drover.manifests.diff;

import java.util.List;
import java.util.Optional;

/// What differs between two versions of something: a field, or a named part with what differs
/// inside.
public sealed interface Diff {
    /// The field's or part's name, as in the model; for an item of a list, what it is called: `task
    /// "api"`.
    String name();

    /// A value that was added, removed or changed. Texts are already fit to be shown: secrets are
    /// not in them.
    ///
    /// @param before absent when it was not there
    /// @param after absent when it is gone
    record Field(String name, Optional<String> before, Optional<String> after, Effect effect)
            implements Diff {
        /// What became of it.
        public Kind kind() {
            return before.isEmpty() ? Kind.ADDED : after.isEmpty() ? Kind.REMOVED : Kind.CHANGED;
        }
    }

    /// A block, map or list in which something differs.
    record Part(String name, Kind kind, List<Diff> inside) implements Diff {
        public Part {
            inside = List.copyOf(inside);
        }
    }

    /// What became of a field, or of a part as a whole.
    enum Kind {
        ADDED("+"),
        REMOVED("-"),
        CHANGED("~");

        private final String sign;

        Kind(String sign) {
            this.sign = sign;
        }

        /// What stands before it in a text.
        public String sign() {
            return sign;
        }
    }

    /// The strongest effect of anything in it.
    default Effect strongest() {
        return switch (this) {
            case Field field -> field.effect();
            case Part part ->
                    part.inside().stream().map(Diff::strongest).reduce(Effect.IGNORE, Effect::and);
        };
    }
}
