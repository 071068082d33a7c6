package dev.drover.manifests.hcl.function;

import dev.drover.manifests.hcl.value.Conversion;
import dev.drover.manifests.hcl.value.Mistake;
import dev.drover.manifests.hcl.value.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;

/// A function's arguments as what it needs them to be.
final class Arguments {

    private Arguments() {}

    static String text(List<Value> arguments, int at) {
        return as(Conversion::text, arguments, at);
    }

    static BigDecimal number(List<Value> arguments, int at) {
        return as(Conversion::number, arguments, at);
    }

    static int integer(List<Value> arguments, int at) {
        return as(Conversion::integer, arguments, at);
    }

    /// The items of a list, tuple or set.
    static List<Value> items(List<Value> arguments, int at) {
        return as(Arguments::items, arguments, at);
    }

    /// The items of a list or tuple: sets have no order.
    static List<Value> ordered(List<Value> arguments, int at) {
        return as(
                value -> {
                    if (value instanceof Value.Group) {
                        throw Mistake.of("a list is required, not a set");
                    }
                    return items(value);
                },
                arguments,
                at);
    }

    /// An argument as something else; a mistake in it says which one it is.
    static <T> T as(Function<Value, T> conversion, List<Value> arguments, int at) {
        try {
            return conversion.apply(arguments.get(at));
        } catch (Mistake mistake) {
            throw mistake.in(at);
        }
    }

    static List<Value> items(Value value) {
        if (!(value instanceof Value.Sequence sequence)) {
            throw Mistake.of("a list is required, not a " + value.kind());
        }
        return sequence.items();
    }

    /// The items of a list as text.
    static List<String> texts(Value value) {
        return items(value).stream().map(Conversion::text).toList();
    }

    static Value.Mapping mapping(Value value) {
        if (!(value instanceof Value.Mapping mapping)) {
            throw Mistake.of("a map or object is required, not a " + value.kind());
        }
        return mapping;
    }
}
