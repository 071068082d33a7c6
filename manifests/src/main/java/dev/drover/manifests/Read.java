package dev.drover.manifests;

import dev.drover.manifests.tree.Problem;
import java.util.List;

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
    record Problems(List<Problem> problems) implements Read {
        public Problems {
            problems = List.copyOf(problems);
        }
    }
}
