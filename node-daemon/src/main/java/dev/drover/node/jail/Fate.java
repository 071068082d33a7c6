package dev.drover.node.jail;

/// What becomes of a key of a jail's config on one system.
public sealed interface Fate {
    /// It does what it says.
    record Honoured() implements Fate {}

    /// It does what it says where the node's [JailPolicy] lets it, and is refused elsewhere.
    record NeedsLeave() implements Fate {}

    /// It is so in every jail; saying no is warned about.
    record Always(String how) implements Fate {}

    /// It has no effect, and the author is told why.
    record Warned(String why) implements Fate {}

    /// The task is refused, since it would not get what it asks for or get more than it should.
    record Refused(String why) implements Fate {}
}
