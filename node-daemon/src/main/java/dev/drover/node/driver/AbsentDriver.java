package dev.drover.node.driver;

import dev.drover.manifests.model.DriverState;
import java.util.Map;

/// Stands where a job names a driver that this node does not have, or cannot use.
///
/// @param because why not
public record AbsentDriver(String name, String because) implements Driver {
    /// One that nobody here knows.
    public static AbsentDriver unknown(String name) {
        return new AbsentDriver(name, "driver \"" + name + "\" does not exist on this node");
    }

    @Override
    public DriverState fingerprint() {
        return new DriverState(false, because, Map.of());
    }

    @Override
    public Start start(TaskRun run) {
        return new Start.Refused(because);
    }

    @Override
    public Recovery recover(TaskRun run) {
        return new Recovery.NeverStarted();
    }
}
