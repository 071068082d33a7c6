package dev.drover.node.driver;

import dev.drover.manifests.model.Resources;
import dev.drover.manifests.model.Value;
import dev.drover.node.cgroup.Ceiling;
import dev.drover.node.supervision.RunPlace;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /// A folder of the node that a task sees.
    ///
    /// @param volume as the node calls it
    /// @param source the folder; absent when the node has it no more
    /// @param target where the task sees it, from the root of its jail
    public record Mount(String volume, Optional<Path> source, String target, boolean readOnly) {}

    /// What nobody else is given while it runs.
    ///
    /// @param cores processors, by the numbers that the kernel gives them
    /// @param devices what it may use beside that
    /// @param mounts folders of the node that it sees
    public record Own(List<Integer> cores, List<Device> devices, List<Mount> mounts) {
        /// Of most tasks.
        public static final Own NOTHING = new Own(List.of(), List.of(), List.of());

        /// Takes copies.
        public Own {
            cores = List.copyOf(cores);
            devices = List.copyOf(devices);
            mounts = List.copyOf(mounts);
        }

        /// Without folders of the node.
        public Own(List<Integer> cores, List<Device> devices) {
            this(cores, devices, List.of());
        }

        /// Which device was granted, or folder promised, and is not on this node any more; empty
        /// when all are there.
        public Optional<String> gone() {
            return goneDevice().or(this::goneMount);
        }

        private Optional<String> goneMount() {
            return mounts.stream()
                    .filter(mount -> mount.source().filter(Files::isDirectory).isEmpty())
                    .map(mount ->
                            "the folder of the host volume %s is not on this node any more"
                                    .formatted(mount.volume()))
                    .findFirst();
        }

        private Optional<String> goneDevice() {
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
