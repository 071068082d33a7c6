package dev.drover.manifests.model;

import java.util.List;
import java.util.Map;

/// Devices of one model that a node has.
///
/// @param vendor as `nvidia`
/// @param type as `gpu`
/// @param model as `1080ti`
/// @param attributes what is known of the model, as `memory` of `11 GiB`; sorted
/// @param ids of those that are healthy: what can be given out
public record NodeDevice(
        String vendor,
        String type,
        String model,
        Map<String, String> attributes,
        List<String> ids) {
    public NodeDevice {
        attributes = Copies.sorted(attributes);
        ids = List.copyOf(ids);
    }

    /// Whether a name that a job asks for means it: `type`, `vendor/type` or `vendor/type/model`.
    public boolean isCalled(String asked) {
        return asked.equals(type) || asked.equals(vendor + '/' + type) || asked.equals(name());
    }

    /// The whole name, `vendor/type/model`.
    public String name() {
        return vendor + '/' + type + '/' + model;
    }
}
