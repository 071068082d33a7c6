package dev.drover.controller.http;

/// Ends a request with a `Failure`, from however deep in its reading. Caught by `Exchange` alone.
public final class RequestFailed extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Failure failure;

    /// Ends the request with this answer.
    public RequestFailed(Failure failure) {
        super(failure.message(), null, false, false); // an answer, not a fault: no stack trace
        this.failure = failure;
    }

    /// Ends the request with a failure about nothing in particular.
    public RequestFailed(Reason reason, String message) {
        this(Failure.of(reason, message));
    }

    /// What the client gets.
    public Failure failure() {
        return failure;
    }
}
