package dev.drover.store;

/// The number of one effective transaction, counted from 1; `resourceVersion` is its decimal form.
///
/// Revisions are comparable, never reused and never go down. [#NONE] is the state before the first
/// one.
public record Revision(long number) implements Comparable<Revision> {
    /// Before anything was written; as an entry's revision: there is no entry.
    public static final Revision NONE = new Revision(0);

    /// @throws IllegalArgumentException when negative
    public Revision {
        if (number < 0) {
            throw new IllegalArgumentException("a revision is not negative: " + number);
        }
    }

    /// Reads the decimal form of [#toString()].
    ///
    /// @throws IllegalArgumentException when the text is not a decimal number of 0 or more
    public static Revision parse(String text) {
        return new Revision(Long.parseLong(text));
    }

    /// The one that follows.
    public Revision next() {
        return new Revision(number + 1);
    }

    /// The one that came before; [#NONE] has none before it and stays.
    public Revision previous() {
        return number == 0 ? this : new Revision(number - 1);
    }

    /// Whether this one is older than `other`.
    public boolean before(Revision other) {
        return number < other.number;
    }

    /// Whether this one is newer than `other`.
    public boolean after(Revision other) {
        return number > other.number;
    }

    @Override
    public int compareTo(Revision other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }
}
