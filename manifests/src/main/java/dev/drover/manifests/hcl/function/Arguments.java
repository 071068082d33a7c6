package dev.drover.manifests.hcl.function;

import dev.drover.manifests.hcl.value.Conversion;
import dev.drover.manifests.hcl.value.Mistake;
import dev.drover.manifests.hcl.value.Value;
import java.math.BigDecimal;
import java.util.List;

/// A function's arguments as what it needs them to be.
final class Arguments {

    private Arguments() {}

    static String text(List<Value> arguments, int at) {
        return Conversion.text(arguments.get(at));
    }

    static BigDecimal number(List<Value> arguments, int at) {
        return Conversion.number(arguments.get(at));
    }

    static int integer(List<Value> arguments, int at) {
        return Conversion.integer(arguments.get(at));
    }

    /// The items of a list, tuple or set.
    static List<Value> items(List<Value> arguments, int at) {
        return items(arguments.get(at));
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
