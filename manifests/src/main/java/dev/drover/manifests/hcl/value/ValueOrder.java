package dev.drover.manifests.hcl.value;

import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;

/// The order of a set's values: false before true, numbers by size, strings by code point; parts
/// first to last.
enum ValueOrder implements Comparator<Value> {
    NATURAL;

    @Override
    public int compare(Value left, Value right) {
        return switch (left) {
            case Value.Text(String a) when right instanceof Value.Text(String b) ->
                    KeyOrder.BY_CODE_POINT.compare(a, b);
            case Value.Num(var a) when right instanceof Value.Num(var b) -> a.compareTo(b);
            case Value.Truth(boolean a) when right instanceof Value.Truth(boolean b) ->
                    Boolean.compare(a, b);
            case Value.Sequence a when right instanceof Value.Sequence b ->
                    sequences(a.items().iterator(), b.items().iterator());
            case Value.Mapping a when right instanceof Value.Mapping b ->
                    mappings(a.entries().entrySet().iterator(), b.entries().entrySet().iterator());
            case Value.Text _,
                    Value.Num _,
                    Value.Truth _,
                    Value.Null _,
                    Value.Sequence _,
                    Value.Mapping _ ->
                    Integer.compare(rank(left), rank(right));
        };
    }

    private int sequences(Iterator<Value> left, Iterator<Value> right) {
        while (left.hasNext() && right.hasNext()) {
            int order = compare(left.next(), right.next());
            if (order != 0) {
                return order;
            }
        }
        return Boolean.compare(left.hasNext(), right.hasNext());
    }

    private int mappings(
            Iterator<Map.Entry<String, Value>> left, Iterator<Map.Entry<String, Value>> right) {
        while (left.hasNext() && right.hasNext()) {
            Map.Entry<String, Value> a = left.next();
            Map.Entry<String, Value> b = right.next();
            int byKey = KeyOrder.BY_CODE_POINT.compare(a.getKey(), b.getKey());
            int order = byKey != 0 ? byKey : compare(a.getValue(), b.getValue());
            if (order != 0) {
                return order;
            }
        }
        return Boolean.compare(left.hasNext(), right.hasNext());
    }

    private static int rank(Value value) {
        return switch (value) {
            case Value.Truth _ -> 0;
            case Value.Num _ -> 1;
            case Value.Text _ -> 2;
            case Value.Sequence _ -> 3;
            case Value.Mapping _ -> 4;
            case Value.Null _ -> 5;
        };
    }
}
