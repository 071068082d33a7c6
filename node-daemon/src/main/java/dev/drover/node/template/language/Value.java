package dev.drover.node.template.language;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a template computes with: Go's values as far as data from outside can have them.
public sealed interface Value {

    /// Nothing was there: a key that a mapping lacks, or no value at all.
    record Absent() implements Value {}

    /// Go's nil: a `null` in the data.
    record Nil() implements Value {}

    record Bool(boolean value) implements Value {}

    record Int(long value) implements Value {}

    record Real(double value) implements Value {}

    record Text(String value) implements Value {}

    record Listing(List<Value> items) implements Value {
        public Listing {
            items = List.copyOf(items);
        }
    }

    /// Keys to values, in the keys' order, as Go's templates walk them.
    record Mapping(SortedMap<String, Value> entries) implements Value {
        public Mapping {
            entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
        }
    }

    /// Go's struct: its fields are fixed, so that a misspelt one is an error and not empty.
    ///
    /// @param type as errors name it
    record Structure(String type, Map<String, Value> fields) implements Value {
        public Structure {
            fields = Map.copyOf(fields);
        }
    }

    /// Something with methods: `scratch.Set "k" 1`.
    record Gadget(String type, Map<String, Function> methods) implements Value {
        public Gadget {
            methods = Map.copyOf(methods);
        }
    }

    /// No value.
    static Value absent() {
        return new Absent();
    }

    /// Go's nil.
    static Value nil() {
        return new Nil();
    }

    /// A text.
    static Value of(String text) {
        return new Text(text);
    }

    /// A whole number.
    static Value of(long number) {
        return new Int(number);
    }

    /// True or false.
    static Value of(boolean flag) {
        return new Bool(flag);
    }

    /// Texts, in their order.
    static Value texts(List<String> texts) {
        return new Listing(texts.stream().map(Value::of).toList());
    }

    /// What `if` thinks of it: false, zero, nothing and everything empty are not true.
    default boolean truth() {
        return switch (this) {
            case Absent _, Nil _ -> false;
            case Bool(boolean flag) -> flag;
            case Int(long number) -> number != 0;
            case Real(double number) -> number != 0;
            case Text(String text) -> !text.isEmpty();
            case Listing(List<Value> items) -> !items.isEmpty();
            case Mapping(SortedMap<String, Value> entries) -> !entries.isEmpty();
            case Structure _, Gadget _ -> true;
        };
    }

    /// The name of its Go type.
    default String type() {
        return switch (this) {
            case Absent _, Nil _ -> "nil";
            case Bool _ -> "bool";
            case Int _ -> "int";
            case Real _ -> "float64";
            case Text _ -> "string";
            case Listing _ -> "[]interface {}";
            case Mapping _ -> "map[string]interface {}";
            case Structure(String type, _) -> type;
            case Gadget(String type, _) -> type;
        };
    }

    /// Whether it is nothing, of either kind.
    default boolean isNothing() {
        return this instanceof Absent || this instanceof Nil;
    }

    /// As an action prints it.
    default String shown() {
        return Format.shown(this);
    }

    /// The bytes of a text: Go counts, cuts and indexes texts by them.
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
