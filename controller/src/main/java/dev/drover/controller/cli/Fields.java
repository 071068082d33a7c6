package dev.drover.controller.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Named values in the order they were added, as `Name = value`.
final class Fields {
    /// What stands for a value that is not there.
    static final String NONE = "<none>";

    private final Map<String, String> values = new LinkedHashMap<>();

    /// Adds one; an empty value reads `<none>`.
    Fields add(String name, String value) {
        values.put(name, value.isEmpty() ? NONE : value);
        return this;
    }

    /// Adds a number.
    Fields add(String name, long value) {
        return add(name, Long.toString(value));
    }

    /// The lines to print; `paint` sees every value.
    List<String> lines(UnaryOperator<String> paint) {
        int width = values.keySet().stream().mapToInt(String::length).max().orElse(0);
        var lines = new ArrayList<String>(values.size());
        values.forEach((name, value) ->
                lines.add(Table.pad(name, width) + " = " + paint.apply(Escape.controls(value))));
        return lines;
    }
}
