package dev.drover.node.driver.jail;

import dev.drover.node.cgroup.LimitedGroup;
import dev.drover.node.jail.LinuxPlan.Held;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where a jail is built.
///
/// @param name unique on the machine
/// @param folder ours alone; what is needed to build it and to find it again is there
/// @param group what it may use
/// @param groupName of the group, beneath each hierarchy
/// @param run the run that its keeper belongs to; absent when nobody supervises it
record Site(String name, Path folder, LimitedGroup group, Path groupName, Optional<Held> run) {
    private static final String PID = "pid ";

    /// Where the keeper says that the task runs: `pid N`, or `error WHY`.
    Path report() {
        return folder.resolve("jail");
    }

    /// What the keeper has said, once it has.
    Optional<String> said() throws IOException {
        return Files.exists(report()) ? Optional.of(Files.readString(report())) : Optional.empty();
    }

    /// The first process inside.
    int pid() throws IOException {
        return said().filter(text -> text.startsWith(PID))
                .map(text -> Integer.parseInt(text.substring(PID.length()).strip()))
                .orElseThrow(() -> new IOException("the jail has not started"));
    }
}
