package dev.drover.manifests.hcl.value;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an expression is worth. Tuples and objects come from brackets and braces; lists, sets and
/// maps from type constraints and functions: they differ in what they convert to and compare with.
public sealed interface Value {

    /// A string, in Unicode normal form C.
    record Text(String value) implements Value {}

    /// A number of (nearly) any size.
    record Num(BigDecimal value) implements Value {
        /// Equal when the numbers are, however many zeros were written.
        @Override
        public boolean equals(Object other) {
            return other instanceof Num(var its) && value.compareTo(its) == 0;
        }

        @Override
        public int hashCode() {
            return value.stripTrailingZeros().hashCode();
        }
    }

    /// True or false.
    record Truth(boolean value) implements Value {}

    /// `null`, of every type.
    record Null() implements Value {}

    /// Values in order: a tuple, list or set.
    sealed interface Sequence extends Value {
        List<Value> items();
    }

    /// `[1, "a"]`: each item of its own type.
    record Tuple(List<Value> items) implements Sequence {
        public Tuple {
            items = frozen(items);
        }
    }

    /// Items of one type.
    record Listing(List<Value> items) implements Sequence {
        public Listing {
            items = frozen(items);
        }
    }

    /// Different items of one type, in their own order: make it with [#setOf].
    record Group(List<Value> items) implements Sequence {
        public Group {
            items = frozen(items);
        }
    }

    /// Values by name, in the order of the names: an object or a map.
    sealed interface Mapping extends Value {
        SortedMap<String, Value> entries();
    }

    /// `{a = 1}`: each attribute of its own type.
    record Structure(SortedMap<String, Value> entries) implements Mapping {
        public Structure {
            entries = sorted(entries);
        }
    }

    /// Values of one type by key.
    record Dictionary(SortedMap<String, Value> entries) implements Mapping {
        public Dictionary {
            entries = sorted(entries);
        }
    }

    /// `null`.
    static Value nothing() {
        return new Null();
    }

    static Value of(boolean value) {
        return new Truth(value);
    }

    static Value of(long value) {
        return new Num(BigDecimal.valueOf(value));
    }

    static Value of(BigDecimal value) {
        return new Num(value);
    }

    /// Text in normal form C, as HCL has all of its strings.
    static Value of(String text) {
        return new Text(Texts.composed(text));
    }

    /// A set: each value once, in order.
    static Group setOf(Collection<? extends Value> values) {
        List<Value> sorted = new ArrayList<>(values);
        sorted.sort(ValueOrder.NATURAL);
        List<Value> once = new ArrayList<>(sorted.size());
        for (Value value : sorted) {
            if (once.isEmpty() || !once.getLast().equals(value)) {
                once.add(value);
            }
        }
        return new Group(once);
    }

    /// The order of values in a set.
    static Comparator<Value> order() {
        return ValueOrder.NATURAL;
    }

    /// A map whose keys are in HCL's order.
    static SortedMap<String, Value> sorted(Map<String, ? extends Value> entries) {
        if (entries instanceof SortedMap<String, ? extends Value> already
                && already.comparator() == KeyOrder.BY_CODE_POINT) {
            return Collections.unmodifiableSortedMap(already);
        }
        SortedMap<String, Value> sorted = new TreeMap<>(KeyOrder.BY_CODE_POINT);
        sorted.putAll(entries);
        return Collections.unmodifiableSortedMap(sorted);
    }

    /// An empty map in HCL's order, to be filled.
    static SortedMap<String, Value> noEntries() {
        return new TreeMap<>(KeyOrder.BY_CODE_POINT);
    }

    private static List<Value> frozen(List<Value> items) {
        return Collections.unmodifiableList(items);
    }

    /// What this is called in problems: `string`, `list of string`, `object`.
    default String kind() {
        return switch (this) {
            case Text _ -> "string";
            case Num _ -> "number";
            case Truth _ -> "bool";
            case Null _ -> "null";
            case Tuple _ -> "tuple";
            case Listing _ -> "list";
            case Group _ -> "set";
            case Structure _ -> "object";
            case Dictionary _ -> "map";
        };
    }
}
