package dev.drover.manifests.hcl;

import dev.drover.manifests.tree.Code;

/// Ends the parsing of one body item; the parser notes it and goes on with the next one. It carries
/// no stack trace: it is an answer, not a bug.
final class SyntaxError extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int at;
    private final Code code;
    private final String fix;

    SyntaxError(int at, String what, String fix) {
        this(at, Code.SYNTAX, what, fix);
    }

    SyntaxError(int at, Code code, String what, String fix) {
        super(what, null, false, false);
        this.at = at;
        this.code = code;
        this.fix = fix;
    }

    int at() {
        return at;
    }

    Code code() {
        return code;
    }

    String what() {
        return String.valueOf(getMessage());
    }

    String fix() {
        return fix;
    }
}
