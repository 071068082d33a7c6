package dev.drover.manifests.hcl.value;

import dev.drover.manifests.tree.Code;
import java.util.OptionalInt;
import java.util.function.Supplier;

/// Ends the evaluation of one expression; the reader turns it into a problem at the expression's
/// place. It carries no stack trace: it is an answer, not a bug, and files may hold thousands.
public final class Mistake extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Code code;
    private final transient Supplier<String> fix;
    private final int argument;

    /// `why` is a sentence for the author of the manifest.
    public Mistake(Code code, String why, String fix) {
        this(code, why, () -> fix);
    }

    /// The same with a fix that takes time to find: `try` asks for none.
    public Mistake(Code code, String why, Supplier<String> fix) {
        this(code, why, fix, -1);
    }

    private Mistake(Code code, String why, Supplier<String> fix, int argument) {
        super(why, null, false, false);
        this.code = code;
        this.fix = fix;
        this.argument = argument;
    }

    /// The same mistake, known to be in an argument of a function, counted from 0; the number
    /// behind the last one when it is missing.
    public Mistake in(int at) {
        return new Mistake(code, why(), fix, at);
    }

    /// The argument of a function that it is in; empty when it is in none or in several.
    public OptionalInt argument() {
        return argument < 0 ? OptionalInt.empty() : OptionalInt.of(argument);
    }

    /// The same mistake, told with these words in front.
    public Mistake within(String what, Code newCode) {
        return new Mistake(newCode, what + ": " + why(), fix, argument);
    }

    /// An operand, condition or index of the wrong kind.
    public static Mistake of(String why) {
        return new Mistake(Code.EVALUATION, why, "");
    }

    /// A size or number of steps beyond what a manifest may use.
    public static Mistake limit(String why) {
        return new Mistake(
                Code.LIMIT, why, "make the value smaller; manifests describe, they do not compute");
    }

    /// What kind of mistake it is.
    public Code code() {
        return code;
    }

    /// Why there is no value.
    public String why() {
        return String.valueOf(getMessage());
    }

    /// How to mend it; may be empty.
    public String fix() {
        return fix.get();
    }
}
