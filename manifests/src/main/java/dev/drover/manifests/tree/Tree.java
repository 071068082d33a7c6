package dev.drover.manifests.tree;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// What HCL, YAML and JSON become: fields, lists and scalars, each with the place where it was
/// written. Comments are gone, expressions are evaluated, nothing is interpreted yet.
public sealed interface Tree {

    /// Where the value begins.
    Position position();

    /// Named fields in the order they were written. A name may occur several times (HCL's repeated
    /// blocks); readers of YAML and JSON refuse that. `labels` are the strings between a HCL
    /// block's type and its brace.
    record Block(Position position, List<Label> labels, List<Field> fields) implements Tree {
        public Block {
            labels = List.copyOf(labels);
            fields = List.copyOf(fields);
        }

        /// The first field of that name.
        public Optional<Field> field(String name) {
            return fields.stream().filter(field -> field.name().equals(name)).findFirst();
        }
    }

    /// Values in order.
    record Listing(Position position, List<Tree> items) implements Tree {
        public Listing {
            items = List.copyOf(items);
        }
    }

    /// A value without parts.
    sealed interface Scalar extends Tree {}

    /// A string.
    record Text(Position position, String value) implements Scalar {}

    /// A number of any size, as it was written.
    record Num(Position position, BigDecimal value) implements Scalar {

        /// Digits without an exponent and without zeros at the end.
        public String plain() {
            return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
        }
    }

    /// True or false.
    record Flag(Position position, boolean value) implements Scalar {}

    /// Null: the same as if the field were not there.
    record Nothing(Position position) implements Scalar {}

    /// One string between a block's type and its brace.
    record Label(Position position, String text) {}

    /// A name, where it stands, and its value.
    record Field(Position position, String name, Form form, Tree value) {}

    /// How a field was written. Only HCL knows all; YAML and JSON have arguments alone.
    enum Form {
        /// `name = value`
        ARGUMENT,
        /// `name = merge(a, b)`: an argument whose object is not written out but worked out.
        COMPUTED,
        /// `name "label" { … }`
        BLOCK
    }
}
