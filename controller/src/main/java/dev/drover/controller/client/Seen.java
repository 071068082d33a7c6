package dev.drover.controller.client;

/// One thing that a watch saw.
public sealed interface Seen<T> {
    /// The resource or its row.
    T resource();

    /// It is new, or it changed: this is how it is now.
    record Now<T>(T resource) implements Seen<T> {}

    /// It is gone; this is how it was last.
    record Gone<T>(T resource) implements Seen<T> {}
}
