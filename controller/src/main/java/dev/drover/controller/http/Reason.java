package dev.drover.controller.http;

/// Why a request is not served: Kubernetes' word for it and the HTTP status that goes with it.
/// Every error of every route is one of these.
public enum Reason {
    BAD_REQUEST("BadRequest", 400),
    UNAUTHORIZED("Unauthorized", 401),
    FORBIDDEN("Forbidden", 403),
    NOT_FOUND("NotFound", 404),
    METHOD_NOT_ALLOWED("MethodNotAllowed", 405),
    NOT_ACCEPTABLE("NotAcceptable", 406),
    REQUEST_TIMEOUT("Timeout", 408),
    ALREADY_EXISTS("AlreadyExists", 409),
    CONFLICT("Conflict", 409),
    /// The revision asked for has been compacted: list again.
    EXPIRED("Expired", 410),
    TOO_LARGE("RequestEntityTooLarge", 413),
    UNSUPPORTED_MEDIA_TYPE("UnsupportedMediaType", 415),
    /// The manifest says something wrong; the causes say what and where.
    INVALID("Invalid", 422),
    /// A bound of the server is reached: try again later.
    TOO_MANY_REQUESTS("TooManyRequests", 429),
    /// A bug of ours.
    INTERNAL("InternalError", 500),
    /// The node that has the answer is not connected.
    UNAVAILABLE("ServiceUnavailable", 503),
    /// What was asked for did not come in time.
    TIMEOUT("Timeout", 504);

    private final String text;
    private final int code;

    Reason(String text, int code) {
        this.text = text;
        this.code = code;
    }

    /// The word in a `Status`.
    public String text() {
        return text;
    }

    /// The HTTP status.
    public int code() {
        return code;
    }
}
