package dev.drover.manifests.model;

import java.util.List;

/// Devices that were given to a task, and to nobody else.
///
/// @param task its name
/// @param name `vendor/type/model` of the devices
/// @param ids as the node calls them
public record GrantedDevice(String task, String name, List<String> ids) {
    public GrantedDevice {
        ids = List.copyOf(ids);
    }
}
