package dev.drover.manifests.diff;

import dev.drover.manifests.tree.Tree;
import java.util.List;
import java.util.Optional;

/// What differs between two versions of something: a field, or a named part with what differs
/// inside.
public sealed interface Diff {
    /// The field's or part's name, as in the model; for an item of a list, what it is called: `task
    /// "api"`.
    String name();

    /// What became of it.
    Kind kind();

    /// A value that was added, removed or changed.
    ///
    /// @param before absent when it was not there
    /// @param after absent when it is gone
    record Field(String name, Optional<Said> before, Optional<Said> after, Effect effect)
            implements Diff {
        @Override
        public Kind kind() {
            return before.isEmpty() ? Kind.ADDED : after.isEmpty() ? Kind.REMOVED : Kind.CHANGED;
        }

        /// Whether a secret is among what differs or stands beside it.
        public boolean hidden() {
            return before.map(Said::hidden).orElse(false) || after.map(Said::hidden).orElse(false);
        }
    }

    /// A block, map or list in which something differs.
    ///
    /// @param effect what it does when nothing is inside: an empty block that came or went
    record Part(String name, Kind kind, Effect effect, List<Diff> inside) implements Diff {
        public Part {
            inside = List.copyOf(inside);
        }
    }

    /// One side of a change, fit to be shown: secrets are not in it.
    ///
    /// @param text for people, and short: of two long texts the part where they differ
    /// @param value for programs: whole, and of the type that it has
    /// @param hidden whether there is a secret that neither shows
    record Said(String text, Tree value, boolean hidden) {}

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
            case Part part when part.inside().isEmpty() -> part.effect();
            case Part part ->
                    part.inside().stream().map(Diff::strongest).reduce(Effect.IGNORE, Effect::and);
        };
    }
}
