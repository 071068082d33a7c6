package dev.drover.manifests.shape;

import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Resource;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The record of each kind: the one whose name is the kind's.
public final class Kinds {

    private static final Map<String, Class<? extends Record>> BY_NAME =
            Arrays.stream(Resource.class.getPermittedSubclasses())
                    .map(type -> type.asSubclass(Record.class))
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    Class::getSimpleName, Function.identity()));

    private Kinds() {}

    /// The record type whose instances are of that kind.
    public static Class<? extends Record> type(Kind kind) {
        Class<? extends Record> type = BY_NAME.get(kind.text());
        if (type == null) {
            throw new IllegalStateException("the kind " + kind + " has no record");
        }
        return type;
    }
}
