package dev.drover.node.template.language;

import java.util.stream.Collectors;

/// How one value is to be printed.
///
/// @param flags of `+-# 0`
/// @param width at least so many characters; -1 for no matter
/// @param precision -1 for as much as it takes
record Spec(int verb, String flags, int width, int precision) {

    static final Spec PLAIN = new Spec('v', "", -1, -1);

    boolean has(char flag) {
        return flags.indexOf(flag) >= 0;
    }

    Spec as(int other) {
        return new Spec(other, flags, width, precision);
    }

    Spec without(String unwanted) {
        String kept =
                flags.chars()
                        .filter(c -> unwanted.indexOf(c) < 0)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining());
        return new Spec(verb, kept, width, precision);
    }

    /// The text filled up to the width: on its right with blanks, on its left with blanks or zeros.
    String padded(String text) {
        int missing = width - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        return has('-')
                ? text + " ".repeat(missing)
                : (has('0') ? "0" : " ").repeat(missing) + text;
    }
}
