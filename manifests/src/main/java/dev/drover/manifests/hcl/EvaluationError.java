package dev.drover.manifests.hcl;

import dev.drover.manifests.hcl.value.Mistake;

/// A mistake and the innermost expression that made it.
final class EvaluationError extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Span span;
    private final transient Mistake mistake;

    EvaluationError(Span span, Mistake mistake) {
        super(mistake.why(), null, false, false);
        this.span = span;
        this.mistake = mistake;
    }

    Span span() {
        return span;
    }

    Mistake mistake() {
        return mistake;
    }
}
