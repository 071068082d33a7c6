package dev.drover.controller.api;

import dev.drover.manifests.model.Value;
import java.util.Map;
import java.util.TreeMap;

/// A document changed by one that names only what is to be other: RFC 7386. Nothing removes, lists
/// are replaced whole.
final class MergePatch {
    private MergePatch() {}

    /// The document after the patch.
    static Value merge(Value document, Value patch) {
        if (!(patch instanceof Value.Fields(Map<String, Value> changes))) {
            return patch;
        }
        Map<String, Value> fields =
                document instanceof Value.Fields(Map<String, Value> there)
                        ? new TreeMap<>(there)
                        : new TreeMap<>();
        changes.forEach((name, change) -> {
            if (change instanceof Value.Nothing) {
                fields.remove(name);
            } else {
                Value old = fields.getOrDefault(name, new Value.Nothing());
                fields.put(name, merge(old, change));
            }
        });
        return new Value.Fields(fields);
    }
}
