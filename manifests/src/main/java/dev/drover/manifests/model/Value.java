package dev.drover.manifests.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/// A value without a schema: driver configs, scaling policies and the like, as the author wrote
/// them.
public sealed interface Value {
    /// A string.
    record Text(String text) implements Value {}

    /// A number, exact.
    record Num(BigDecimal number) implements Value {}

    /// True or false.
    record Bool(boolean value) implements Value {}

    /// An explicit nothing.
    record Nothing() implements Value {}

    /// A sequence.
    record Items(List<Value> items) implements Value {
        public Items {
            items = List.copyOf(items);
        }
    }

    /// Named values, sorted by name.
    record Fields(Map<String, Value> fields) implements Value {
        public Fields {
            fields = Copies.sorted(fields);
        }
    }
}
