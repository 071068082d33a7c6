package dev.drover.manifests.hcl;

import java.util.List;

/// What a file or a block holds: arguments and blocks in the order they were written. `end` is
/// where it ends.
record Body(List<Item> items, int end) {

    Body {
        items = List.copyOf(items);
    }

    /// One line or block of a body.
    sealed interface Item {
        /// Where the name begins.
        int at();

        String name();
    }

    /// `name = value`
    record Argument(int at, String name, Expression value) implements Item {}

    /// `type "label" { … }`
    record Block(int at, String name, List<Label> labels, Body body) implements Item {}

    /// One string between type and brace.
    record Label(int at, String text) {}
}
