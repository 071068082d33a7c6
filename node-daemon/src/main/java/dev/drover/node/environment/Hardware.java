package dev.drover.node.environment;

import dev.drover.node.driver.Device;
import java.util.List;
import java.util.Map;

/// What of the machine is handed out by name, as the machine itself names it.
///
/// @param processors those that the daemon may use, by the kernel's numbers: core N that the server
///   grants is the Nth of them
/// @param devices by the whole name, `vendor/type/model/id`
public record Hardware(List<Integer> processors, Map<String, Device> devices) {
    /// Takes copies.
    public Hardware {
        processors = List.copyOf(processors);
        devices = Map.copyOf(devices);
    }
}
