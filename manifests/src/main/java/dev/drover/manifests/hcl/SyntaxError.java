package dev.drover.manifests.hcl;

/// Ends the parsing of one body item; the parser notes it and goes on with the next one. It carries
/// no stack trace: it is an answer, not a bug.
final class SyntaxError extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int at;
    private final String fix;

    SyntaxError(int at, String what, String fix) {
        super(what, null, false, false);
        this.at = at;
        this.fix = fix;
    }

    int at() {
        return at;
    }

    String what() {
        return String.valueOf(getMessage());
    }

    String fix() {
        return fix;
    }
}
