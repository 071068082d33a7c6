package dev.drover.manifests;

import dev.drover.manifests.tree.Problem;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What became of a text: the resources it declares, or everything that is wrong with it.
public sealed interface Read {

    /// All of its resources in the order they were written, and what is surely not meant.
    record Resources(List<Manifest> manifests, List<Problem> warnings) implements Read {
        public Resources {
            manifests = List.copyOf(manifests);
            warnings = List.copyOf(warnings);
        }
    }

    /// Every mistake, sorted by place; at least one is an error.
    ///
    /// @param met the syntax error that was met first
    record Problems(List<Problem> problems, Optional<Problem> met) implements Read {
        public Problems {
            problems = List.copyOf(problems);
        }

        /// The error to name where there is room for one: what keeps the text from being read comes
        /// before what is wrong with its content, as without the former the latter may be another.
        public Problem first() {
            return met.orElseGet(() ->
                    problems.stream()
                            .filter(problem -> !problem.warning())
                            .min(Comparator.comparingInt(Problems::phase)) // the first of equals
                            .orElseThrow());
        }

        private static int phase(Problem problem) {
            return switch (problem.code()) {
                case SYNTAX, LIMIT -> 0;
                case UNKNOWN_KIND -> 1;
                case INVALID_VARIABLE -> 2;
                case UNSET_VARIABLE -> 3;
                default -> 4; // all that is about content
            };
        }
    }
}
