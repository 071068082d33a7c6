package dev.drover.node.cgroup;

import dev.drover.node.cgroup.Controllers.Hierarchy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// A group of processes with limits: one folder in each hierarchy that has a controller for it.
///
/// In version 2 a group that hands controllers to groups below it cannot hold processes, so its
/// folder is a leaf, and the folders above it hand the controllers down.
public final class LimitedGroup {
    private static final String OOM_KILL = "oom_kill ";

    private final Controllers controllers;
    private final Path name;

    /// Of that name, like `drover/NODE/RUN`; nothing is made yet.
    public LimitedGroup(Controllers controllers, Path name) {
        if (name.isAbsolute() || name.normalize().startsWith("..")) {
            throw new IllegalArgumentException("not a group's name: " + name);
        }
        this.controllers = controllers;
        this.name = name;
    }

    /// Makes it with these limits; one that exists gets them.
    public void create(Ceiling ceiling) throws IOException {
        for (Map.Entry<String, Hierarchy> entry : controllers.found().entrySet()) {
            Hierarchy hierarchy = entry.getValue();
            SortedMap<String, String> files = ceiling.files(entry.getKey(), hierarchy);
            if (hierarchy.unified()) {
                handDown(hierarchy.mount(), entry.getKey());
            }
            Path folder = hierarchy.mount().resolve(name);
            Files.createDirectories(folder);
            if (entry.getKey().equals(Controllers.CPUSET) && !hierarchy.unified()) {
                open(hierarchy.mount());
            }
            if (files.containsKey(Ceiling.MEMORY_AND_SWAP)) {
                // An older one would be below the new limit of memory alone, which is refused.
                write(folder.resolve(Ceiling.MEMORY_AND_SWAP), "-1");
            }
            for (Map.Entry<String, String> file : files.entrySet()) {
                write(folder.resolve(file.getKey()), file.getValue());
            }
        }
    }

    private void handDown(Path mount, String controller) throws IOException {
        Path above = mount;
        for (Path part : name) {
            Files.writeString(above.resolve("cgroup.subtree_control"), "+" + controller);
            above = above.resolve(part);
            Files.createDirectories(above);
        }
    }

    /// A group of version 1 has no processors and no memory until somebody says which: those of the
    /// one above.
    private void open(Path mount) throws IOException {
        Path group = mount;
        for (Path part : name) {
            Path above = group;
            group = above.resolve(part);
            for (String file : List.of("cpuset.cpus", "cpuset.mems")) {
                if (Files.readString(group.resolve(file)).isBlank()) {
                    Files.writeString(group.resolve(file), Files.readString(above.resolve(file)));
                }
            }
        }
    }

    /// Kernels without accounting of swap have no file for it; its limit is then left out.
    private static void write(Path file, String value) throws IOException {
        boolean swap = file.toString().contains("swap") || file.toString().contains("memsw");
        if (swap && !Files.exists(file)) {
            return;
        }
        try {
            Files.writeString(file, value);
        } catch (IOException e) {
            throw new IOException("limit " + file + " = " + value + ": " + e.getMessage(), e);
        }
    }

    /// Its folders, to whose `cgroup.procs` a process is written to join it.
    public List<Path> folders() {
        List<Path> folders = new ArrayList<>();
        for (Hierarchy hierarchy : controllers.found().values()) {
            Path folder = hierarchy.mount().resolve(name);
            if (!folders.contains(folder)) {
                folders.add(folder);
            }
        }
        return folders;
    }

    /// The pids in it; none where nothing can be limited.
    public List<Integer> processes() throws IOException {
        List<Path> folders = folders();
        return folders.isEmpty() ? List.of() : new Cgroup(folders.getFirst()).processes();
    }

    /// Bytes in use now, caches included.
    public OptionalLong memoryBytes() throws IOException {
        return read("memory", "memory.usage_in_bytes", "memory.current").stream()
                .mapToLong(text -> Long.parseLong(text.strip()))
                .findFirst();
    }

    /// How often the kernel killed in it for its memory.
    public long oomKills() throws IOException {
        return read("memory", "memory.oom_control", "memory.events")
                .flatMap(text ->
                        text.lines()
                                .filter(line -> line.startsWith(OOM_KILL))
                                .map(line -> line.substring(OOM_KILL.length()))
                                .findFirst())
                .map(Long::parseLong)
                .orElse(0L);
    }

    private Optional<String> read(String controller, String file, String unifiedFile)
            throws IOException {
        Hierarchy hierarchy = controllers.found().get(controller);
        if (hierarchy == null) {
            return Optional.empty();
        }
        Path path =
                hierarchy.mount().resolve(name).resolve(hierarchy.unified() ? unifiedFile : file);
        return Files.exists(path) ? Optional.of(Files.readString(path)) : Optional.empty();
    }

    /// Removes it; false while it holds processes.
    public boolean remove() {
        boolean all = true;
        for (Path folder : folders()) {
            all &= new Cgroup(folder).remove();
        }
        return all;
    }

    /// Removes the empty groups above it, up to and without the hierarchies' own.
    public void removeAbove() {
        for (Hierarchy hierarchy : new TreeMap<>(controllers.found()).values()) {
            for (Path above = name.getParent(); above != null; above = above.getParent()) {
                new Cgroup(hierarchy.mount().resolve(above)).remove();
            }
        }
    }
}
