package dev.drover.manifests.tree;

import java.util.List;
import java.util.Optional;

/// What a reader made of a text: one tree per document (HCL has one, whose fields are the file's
/// blocks), and what is wrong with it. With problems, the trees hold what could be read all the
/// same, so that later steps find further mistakes.
///
/// @param met the syntax error that was met first; it need not stand before the others
public record TreeReading(
        List<Tree.Block> documents, List<Problem> problems, Optional<Problem> met) {

    public TreeReading {
        documents = List.copyOf(documents);
        problems = List.copyOf(problems);
    }

    /// Without a syntax error that is more than the others.
    public TreeReading(List<Tree.Block> documents, List<Problem> problems) {
        this(documents, problems, Optional.empty());
    }

    /// Whether there are errors, not only warnings.
    public boolean failed() {
        return problems.stream().anyMatch(problem -> !problem.warning());
    }
}
