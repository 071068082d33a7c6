package dev.drover.node.template.language;

/// Ends the parsing or executing of a template. It never leaves this package's front door, which
/// answers with a `Mistake` instead; it is an exception because twenty nested calls would each have
/// to pass it on.
public final class Fault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// What the template waits for, or empty when it is simply wrong.
    private final boolean missing;

    private final int offset;

    private Fault(String message, int offset, boolean missing) {
        super(message, null, false, false);
        this.offset = offset;
        this.missing = missing;
    }

    /// A mistake; whoever called the function knows where.
    public static Fault of(String message) {
        return new Fault(message, -1, false);
    }

    /// Not a mistake: what the template needs is not there yet, such as a secret nobody stored.
    public static Fault missing(String what) {
        return new Fault(what, -1, true);
    }

    static Fault at(int offset, String message) {
        return new Fault(message, offset, false);
    }

    /// The same fault, placed unless it already is.
    Fault placed(int where) {
        return offset >= 0 ? this : new Fault(text(), where, missing);
    }

    boolean isMissing() {
        return missing;
    }

    int offset() {
        return Math.max(offset, 0);
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
