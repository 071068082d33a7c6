package dev.drover.node.memory;

import java.nio.file.Path;

/// What became of something that should be remembered.
public sealed interface Recall<T extends Record> {
    /// It is remembered.
    record Known<T extends Record>(T value) implements Recall<T> {}

    /// It was never written.
    record Nothing<T extends Record>() implements Recall<T> {}

    /// It cannot be read. The file was moved aside, for a person to look at.
    record Corrupt<T extends Record>(Path movedTo, String because) implements Recall<T> {}
}
