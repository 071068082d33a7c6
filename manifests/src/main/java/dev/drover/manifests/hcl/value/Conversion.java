package dev.drover.manifests.hcl.value;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Makes a value of one type from a value of another, where HCL allows it; everything else is a
/// [Mistake].
public final class Conversion {

    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,4})?");

    /// Characters of a number in text: more digits than are kept or can be printed, and reading
    /// them takes time that grows with their square.
    private static final int DIGITS_MAX = 2_048;

    private Conversion() {}

    /// The value as the type asks for it.
    public static Value to(Type type, Value value) {
        if (value instanceof Value.Null) {
            return value;
        }
        return switch (type) {
            case Type.Simple simple ->
                    switch (simple) {
                        case ANY -> value;
                        case STRING -> value instanceof Value.Text ? value : Value.of(text(value));
                        case NUMBER -> value instanceof Value.Num ? value : Value.of(number(value));
                        case BOOL -> Value.of(truth(value));
                    };
            case Type.ListOf(Type element) -> new Value.Listing(elements(type, element, value));
            case Type.SetOf(Type element) -> Value.setOf(elements(type, element, value));
            case Type.MapOf(Type element) -> map(type, element, value);
            case Type.TupleOf(List<Type> elements) -> tuple(type, elements, value);
            case Type.ObjectOf object -> object(object, value);
        };
    }

    /// A string, number or truth as text.
    public static String text(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Num(BigDecimal number) -> Texts.of(number);
            case Value.Truth(boolean truth) -> Boolean.toString(truth);
            case Value.Null _, Value.Sequence _, Value.Mapping _ -> throw required("string", value);
        };
    }

    /// A number, or text that is one.
    public static BigDecimal number(Value value) {
        return switch (value) {
            case Value.Num(BigDecimal number) -> number;
            case Value.Text(String text) ->
                    number(text)
                            .orElseThrow(() ->
                                    Mistake.of(
                                            "a number is required, not \""
                                                    + Texts.shown(text)
                                                    + "\""));
            case Value.Truth _, Value.Null _, Value.Sequence _, Value.Mapping _ ->
                    throw required("number", value);
        };
    }

    /// The number a text holds, if it does and its exponent is of four digits at most.
    public static Optional<BigDecimal> number(String text) {
        if (text.length() > DIGITS_MAX) {
            throw Mistake.limit("a number of more than " + DIGITS_MAX + " digits");
        }
        return DECIMAL.matcher(text).matches()
                ? Optional.of(new BigDecimal(text))
                : Optional.empty();
    }

    /// A whole number that fits an `int`.
    public static int integer(Value value) {
        BigDecimal number = number(value);
        try {
            return number.intValueExact();
        } catch (ArithmeticException e) {
            throw Mistake.of("a whole number is required, not " + Texts.of(number));
        }
    }

    /// True or false, or text that says so.
    public static boolean truth(Value value) {
        return switch (value) {
            case Value.Truth(boolean truth) -> truth;
            case Value.Text(String text) when text.equals("true") || text.equals("1") -> true;
            case Value.Text(String text) when text.equals("false") || text.equals("0") -> false;
            case Value.Text _, Value.Num _, Value.Null _, Value.Sequence _, Value.Mapping _ ->
                    throw required("bool", value);
        };
    }

    /// Items as values of one type, for functions that want a list.
    public static List<Value> alike(List<Value> items) {
        Type element =
                Type.unify(items.stream().map(Type::of).toList())
                        .orElseThrow(() -> Mistake.of("all items must be of one type"));
        return items.stream().map(item -> to(element, item)).toList();
    }

    private static List<Value> elements(Type wanted, Type element, Value value) {
        if (!(value instanceof Value.Sequence sequence)) {
            throw required(wanted.toString(), value);
        }
        if (element == Type.Simple.ANY) {
            return alike(sequence.items());
        }
        List<Value> items = new ArrayList<>(sequence.items().size());
        for (Value item : sequence.items()) {
            items.add(to(element, item));
        }
        return items;
    }

    private static Value map(Type wanted, Type element, Value value) {
        if (!(value instanceof Value.Mapping mapping)) {
            throw required(wanted.toString(), value);
        }
        Type common =
                element != Type.Simple.ANY
                        ? element
                        : Type.unify(mapping.entries().values().stream().map(Type::of).toList())
                                .orElseThrow(() ->
                                        Mistake.of("all map elements must have the same type"));
        SortedMap<String, Value> entries = new TreeMap<>(KeyOrder.BY_CODE_POINT);
        mapping.entries().forEach((key, item) -> entries.put(key, to(common, item)));
        return new Value.Dictionary(entries);
    }

    private static Value tuple(Type wanted, List<Type> elements, Value value) {
        if (!(value instanceof Value.Sequence sequence) || value instanceof Value.Group) {
            throw required(wanted.toString(), value);
        }
        if (sequence.items().size() != elements.size()) {
            throw Mistake.of(
                    "a tuple of "
                            + elements.size()
                            + " is required, not of "
                            + sequence.items().size());
        }
        List<Value> items = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            items.add(to(elements.get(i), sequence.items().get(i)));
        }
        return new Value.Tuple(items);
    }

    private static Value object(Type.ObjectOf wanted, Value value) {
        if (!(value instanceof Value.Mapping mapping)) {
            throw required(wanted.toString(), value);
        }
        SortedMap<String, Value> entries = new TreeMap<>(KeyOrder.BY_CODE_POINT);
        wanted.attributes()
                .forEach((name, type) ->
                        entries.put(name, attribute(mapping, name, type, wanted.optional())));
        return new Value.Structure(entries);
    }

    private static Value attribute(
            Value.Mapping mapping, String name, Type type, Set<String> optional) {
        Value given = mapping.entries().get(name);
        if (given == null) {
            if (optional.contains(name)) {
                return Value.nothing();
            }
            throw Mistake.of("attribute \"" + name + "\" is required");
        }
        return to(type, given);
    }

    private static Mistake required(String what, Value value) {
        return Mistake.of("a " + what + " is required, not a " + value.kind());
    }
}
