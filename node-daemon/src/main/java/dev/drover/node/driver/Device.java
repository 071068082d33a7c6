package dev.drover.node.driver;

import java.nio.file.Path;
import java.util.List;

/// Something of the machine that one task at a time may use, such as a GPU or a serial port.
///
/// @param vendor as `nvidia`
/// @param type as `gpu`
/// @param id the name that the server grants it by, unique within its model
/// @param files its nodes in `/dev`; none of one that is not there any more
public record Device(String vendor, String type, String id, List<Path> files) {
    /// Takes a copy.
    public Device {
        files = List.copyOf(files);
    }
}
