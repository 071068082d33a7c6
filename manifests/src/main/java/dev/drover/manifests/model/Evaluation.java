package dev.drover.manifests.model;

/// One turn of the scheduler for a job that acted or newly blocked: what it decided, and why.
///
/// @param metadata name, namespace, and what the server knows of it
/// @param spec what is wanted
/// @param status what was found; written by the server
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
