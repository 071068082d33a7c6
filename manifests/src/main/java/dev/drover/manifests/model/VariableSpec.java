package dev.drover.manifests.model;

import java.util.Map;

/// A variable's items, sorted by key.
///
/// @param items the values by name; all of them are secret
public record VariableSpec(Map<String, String> items) {
    public VariableSpec {
        items = Copies.sorted(items);
    }

    /// Names only: values are secrets.
    @Override
    public String toString() {
        return "VariableSpec" + items.keySet();
    }
}
