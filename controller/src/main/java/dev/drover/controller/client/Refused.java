package dev.drover.controller.client;

import java.io.IOException;

/// The server understood a request and does not do it: Kubernetes' `Status`.
public final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    private final int code;
    private final String reason;

    Refused(int code, String reason, String message) {
        super(message);
        this.code = code;
        this.reason = reason;
    }

    /// The HTTP status.
    public int code() {
        return code;
    }

    /// One CamelCase word: `NotFound`, `Conflict`, `Expired`, …; empty when the server gave none.
    public String reason() {
        return reason;
    }

    /// What it says, for people; may have several lines.
    public String what() {
        return String.valueOf(getMessage());
    }
}
