package dev.drover.manifests.hcl;

import dev.drover.manifests.hcl.value.Mistake;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Problem;
import dev.drover.manifests.tree.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Collects what is wrong with one source.
final class Problems {

    private final Source source;
    private final List<Problem> all = new ArrayList<>();

    Problems(Source source) {
        this.source = source;
    }

    Source source() {
        return source;
    }

    void add(int at, Code code, String what, String fix) {
        all.add(Problem.at(source, source.at(at), code, what, fix));
    }

    void add(Problem problem) {
        all.add(problem);
    }

    void add(int at, Mistake mistake) {
        add(at, mistake.code(), mistake.why(), mistake.fix());
    }

    /// The result, or empty and one problem more. A limit that is reached ends the file: everything
    /// behind it would reach it as well.
    <T> Optional<T> attempt(Supplier<T> work) {
        try {
            return Optional.of(work.get());
        } catch (EvaluationError e) {
            add(e.span().start(), e.mistake());
            if (e.mistake().code() == Code.LIMIT) {
                throw new Exhausted();
            }
            return Optional.empty();
        }
    }

    List<Problem> all() {
        return List.copyOf(all);
    }

    /// Drops the problems of a code behind the first few.
    void forget(int first, Code code) {
        all.subList(first, all.size()).removeIf(problem -> problem.code() == code);
    }

    boolean none() {
        return all.isEmpty();
    }

    /// Ends the reading of a file that has used up its budget; the problem is noted already.
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Exhausted() {
            super("the budget is used up", null, false, false);
        }
    }
}
