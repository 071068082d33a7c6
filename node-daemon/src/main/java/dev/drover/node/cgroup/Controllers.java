package dev.drover.node.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Where this machine limits what groups of processes use. Each controller is in one hierarchy: in
/// one of its own (version 1), in the one of all (version 2), or nowhere.
///
/// @param found by the controller's name: `memory`, `cpu`, `cpuset`, `pids`
public record Controllers(SortedMap<String, Hierarchy> found) {
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    /// What pins processes to processors.
    public static final String CPUSET = "cpuset";

    private static final List<String> WANTED = List.of("memory", "cpu", CPUSET, "pids");
    private static final int MOUNT_POINT = 4;

    /// A tree of groups.
    ///
    /// @param unified whether it is the one of version 2
    public record Hierarchy(Path mount, boolean unified) {}

    /// Takes a copy.
    public Controllers {
        found = Collections.unmodifiableSortedMap(new TreeMap<>(found));
    }

    /// Looks at this machine.
    public static Controllers detect() throws IOException {
        String mounts = Files.readString(MOUNTS);
        Optional<Path> unified = Cgroups.mount(mounts);
        Path list = unified.orElse(Path.of("/")).resolve("cgroup.controllers");
        return of(mounts, Files.exists(list) ? Files.readString(list) : "");
    }

    /// From the text of mountinfo, and the controllers that version 2 has.
    static Controllers of(String mountinfo, String unifiedControllers) {
        SortedMap<String, Hierarchy> found = new TreeMap<>();
        for (String line : mountinfo.lines().filter(l -> l.contains(" - cgroup ")).toList()) {
            Path mount = Path.of(line.split(" ", -1)[MOUNT_POINT].replace("\\040", " "));
            String options = line.substring(line.lastIndexOf(' ') + 1);
            for (String option : options.split(",", -1)) {
                if (WANTED.contains(option)) {
                    found.put(option, new Hierarchy(mount, false));
                }
            }
        }
        Optional<Path> unified = Cgroups.mount(mountinfo);
        for (String controller : unifiedControllers.strip().split(" ", -1)) {
            if (WANTED.contains(controller) && unified.isPresent()) {
                found.putIfAbsent(controller, new Hierarchy(unified.get(), true));
            }
        }
        return new Controllers(found);
    }

    /// The same but for the one that pins processes: of version 1, a group of its own is one more
    /// to make and to join, which most processes can do without.
    public Controllers withoutCpuset() {
        SortedMap<String, Hierarchy> others = new TreeMap<>(found);
        others.remove(CPUSET);
        return new Controllers(others);
    }

    /// `1`, `2`, or `none` when nothing can be limited; `mixed` when it depends.
    public String version() {
        long unified = found.values().stream().filter(Hierarchy::unified).count();
        if (found.isEmpty()) {
            return "none";
        }
        return unified == 0 ? "1" : unified == found.size() ? "2" : "mixed";
    }
}
