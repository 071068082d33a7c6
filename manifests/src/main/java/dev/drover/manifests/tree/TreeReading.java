package dev.drover.manifests.tree;

import java.util.List;

/// What a reader made of a text: one tree per document (HCL has one, whose fields are the file's
/// blocks), and what is wrong with it. With problems, the trees hold what could be read all the
/// same, so that later steps find further mistakes.
public record TreeReading(List<Tree.Block> documents, List<Problem> problems) {

    public TreeReading {
        documents = List.copyOf(documents);
        problems = List.copyOf(problems);
    }

    /// Whether there are errors, not only warnings.
    public boolean failed() {
        return problems.stream().anyMatch(problem -> !problem.warning());
    }
}
