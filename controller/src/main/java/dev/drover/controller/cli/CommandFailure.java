package dev.drover.controller.cli;

/// A command cannot do what was asked, and the person who asked can do something about it.
public final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final String why;
    private final String fix;

    /// What went wrong, why, and how to fix it: one line each; the last two may be empty.
    public CommandFailure(String what, String why, String fix) {
        super(what);
        this.why = why;
        this.fix = fix;
    }

    /// What went wrong.
    public String what() {
        return String.valueOf(getMessage());
    }

    /// Why; empty when `what` says it all.
    public String why() {
        return why;
    }

    /// How to fix it; empty when nobody knows.
    public String fix() {
        return fix;
    }
}
