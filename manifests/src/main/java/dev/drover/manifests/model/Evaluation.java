package dev.drover.manifests.model;

/// One turn of the scheduler for a job that acted or newly blocked: what it decided, and why.
public record Evaluation(Metadata metadata, EvaluationSpec spec, EvaluationStatus status)
        implements Resource {

    @Override
    public Kind kind() {
        return Kind.EVALUATION;
    }

    @Override
    public Evaluation withMetadata(Metadata other) {
        return new Evaluation(other, spec, status);
    }
}
