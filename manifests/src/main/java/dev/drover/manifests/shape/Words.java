package dev.drover.manifests.shape;

import dev.drover.manifests.model.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Enum constants and the records of sealed interfaces as people write them.
public final class Words {

    private Words() {}

    /// `SERVICE` as `service`; kinds as they are written after `kind:`.
    static String of(Enum<?> constant) {
        return constant instanceof Kind kind
                ? kind.text()
                : constant.name().toLowerCase(Locale.ROOT);
    }

    /// All words of an enum, in its order.
    public static List<String> all(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Words::of).toList();
    }

    /// The constant that a word means.
    static Optional<Enum<?>> constant(Class<? extends Enum<?>> type, String word) {
        for (Enum<?> constant : type.getEnumConstants()) {
            if (of(constant).equals(word)) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }

    /// What the field `type` says of a record of a sealed interface: `OutOfMemory` as
    /// `outOfMemory`.
    static String of(Class<?> variant) {
        String name = variant.getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
