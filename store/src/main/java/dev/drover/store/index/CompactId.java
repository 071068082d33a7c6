package dev.drover.store.index;

import java.util.UUID;

/// An id in the heap a million times: a third of its text, when it has the form of a UUID in lower
/// case, as every id that a program made has. In the order of the texts.
public sealed interface CompactId extends Comparable<CompactId> {
    /// Two halves of a UUID.
    record Uuid(long high, long low) implements CompactId {
        @Override
        public String text() {
            return new UUID(high, low).toString();
        }
    }

    /// Any other text.
    record Word(String text) implements CompactId {}

    /// Of any text.
    static CompactId of(String text) {
        if (text.length() != DIGITS + DASHES) {
            return new Word(text);
        }
        long high = 0;
        long low = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean dash = at == 8 || at == 13 || at == 18 || at == 23;
            int digit = Character.isUpperCase(c) ? -1 : Character.digit(c, 16);
            if (dash ? c != '-' : digit < 0 || c > 'f') {
                return new Word(text);
            }
            if (!dash) {
                high = high << 4 | low >>> 60;
                low = low << 4 | digit;
            }
        }
        return new Uuid(high, low);
    }

    /// Hexadecimal digits of a UUID.
    int DIGITS = 32;

    /// What stands between them.
    int DASHES = 4;

    /// What it was made of.
    String text();

    @Override
    default int compareTo(CompactId other) {
        if (this instanceof Uuid(long high, long low)
                && other instanceof Uuid(long otherHigh, long otherLow)) {
            int byHigh = Long.compareUnsigned(high, otherHigh);
            return byHigh != 0 ? byHigh : Long.compareUnsigned(low, otherLow);
        }
        return text().compareTo(other.text());
    }
}
