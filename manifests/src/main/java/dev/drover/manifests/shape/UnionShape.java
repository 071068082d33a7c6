package dev.drover.manifests.shape;

import java.util.List;
import java.util.stream.Stream;

/// A sealed interface of the model: the records it permits, in the order they are declared in.
public record UnionShape(Class<?> type, List<Class<? extends Record>> variants) {
    /// Takes a copy of the list.
    public UnionShape {
        variants = List.copyOf(variants);
    }

    /// The variants of `type`.
    ///
    /// @throws IllegalArgumentException when it is not sealed, or permits what is not a record
    public static UnionShape of(Class<?> type) {
        if (!type.isSealed()
                || Stream.of(type.getPermittedSubclasses()).anyMatch(v -> !v.isRecord())) {
            throw new IllegalArgumentException(type + " is not a sealed interface of records");
        }
        return new UnionShape(
                type,
                Stream.of(type.getPermittedSubclasses())
                        .<Class<? extends Record>>map(v -> v.asSubclass(Record.class))
                        .toList());
    }
}
