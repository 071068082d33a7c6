package dev.drover.node.alloc;

import dev.drover.manifests.model.DriverState;
import dev.drover.node.driver.Driver;
import dev.drover.node.driver.Recovery;
import dev.drover.node.driver.Start;
import dev.drover.node.driver.TaskRun;
import java.util.Map;

/// Stands where a job names a driver that this node does not have.
record AbsentDriver(String name) implements Driver {
    @Override
    public DriverState fingerprint() {
        return new DriverState(false, because(), Map.of());
    }

    @Override
    public Start start(TaskRun run) {
        return new Start.Refused(because());
    }

    @Override
    public Recovery recover(TaskRun run) {
        return new Recovery.NeverStarted();
    }

    private String because() {
        return "driver \"" + name + "\" does not exist on this node";
    }
}
