package dev.drover.manifests.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/// A value without a schema: driver configs, scaling policies and the like, as the author wrote
/// them.
public sealed interface Value {
    /// A string.
    record Text(String text) implements Value {}

    /// A number, exact. `1.10`, `1.1` and `11e-1` are the same one: a file that is written anew
    /// changes nothing.
    record Num(BigDecimal number) implements Value {
        /// Zeros behind a number that are written out: more are an exponent, and stay one.
        private static final int ZEROS_MAX = 1_024;

        public Num {
            BigDecimal shortest = number.stripTrailingZeros();
            number =
                    shortest.scale() < 0 && shortest.scale() >= -ZEROS_MAX
                            ? shortest.setScale(0)
                            : shortest;
        }
    }

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
