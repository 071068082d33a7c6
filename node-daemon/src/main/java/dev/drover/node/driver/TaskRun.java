package dev.drover.node.driver;

import dev.drover.manifests.model.Resources;
import dev.drover.manifests.model.Value;
import dev.drover.node.cgroup.Ceiling;
import dev.drover.node.supervision.RunPlace;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One run of a task, as its driver needs it: every reference is filled in.
///
/// @param id unique on this node: allocation, task and the number of the run
/// @param config as the job wrote it
/// @param environment everything the task gets to see
/// @param user whom it runs as
/// @param resources how much it may use
/// @param own what of the node is its alone
public record TaskRun(
        String id,
        Map<String, Value> config,
        Map<String, String> environment,
        Optional<String> user,
        Optional<Resources> resources,
        Own own,
        TaskFolders folders,
        RunPlace place) {
    public TaskRun {
        config = Map.copyOf(config);
        environment = Map.copyOf(environment);
    }

    /// What nobody else is given while it runs.
    ///
    /// @param cores processors, by the numbers that the kernel gives them
    /// @param devices what it may use beside that
    public record Own(List<Integer> cores, List<Device> devices) {
        /// Of most tasks.
        public static final Own NOTHING = new Own(List.of(), List.of());

        /// Takes copies.
        public Own {
            cores = List.copyOf(cores);
            devices = List.copyOf(devices);
        }

        /// Which device was granted and is not on this node any more; empty when all are there.
        public Optional<String> gone() {
            return devices.stream()
                    .filter(device ->
                            device.files().isEmpty()
                                    || !device.files().stream().allMatch(Files::exists))
                    .map(device ->
                            "the device %s/%s/%s was granted and is not on this node any more"
                                    .formatted(device.vendor(), device.type(), device.id()))
                    .findFirst();
        }

        /// The words before a command that keep it on its processors. What it starts stays on them
        /// too, unless it asks the kernel for others.
        public List<String> pinned() {
            return cores.isEmpty()
                    ? List.of()
                    : List.of("taskset", "--cpu-list", Ceiling.listed(cores));
        }
    }
}
