package dev.drover.manifests.model;

/// How a process ended.
public sealed interface Exit {
    /// It returned; 0 is success.
    ///
    /// @param code what it ended with
    record Code(int code) implements Exit {}

    /// A signal ended it.
    ///
    /// @param number what ended it
    record Signal(int number) implements Exit {}

    /// The kernel killed it for its memory.
    record OutOfMemory() implements Exit {}

    /// Nobody saw: its supervisor was killed or the machine restarted. Never guessed to be a
    /// success.
    ///
    /// @param because why nobody knows
    record Unseen(String because) implements Exit {}

    /// Whether it did what it should.
    default boolean success() {
        return this instanceof Code(int code) && code == 0;
    }
}
