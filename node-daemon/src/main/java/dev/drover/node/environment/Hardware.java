package dev.drover.node.environment;

import java.util.List;

/// What of the machine is handed out by name, as the machine itself names it.
///
/// @param processors those that the daemon may use, by the kernel's numbers: core N that the server
///   grants is the Nth of them
public record Hardware(List<Integer> processors) {
    /// Takes a copy.
    public Hardware {
        processors = List.copyOf(processors);
    }
}
