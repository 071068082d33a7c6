package dev.drover.node.driver.jail;

import dev.drover.node.driver.TaskRun;
import dev.drover.node.jail.JailSpec;
import dev.drover.node.jail.JailSpec.Bind;
import dev.drover.node.jail.JailSpec.Root;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which folders of the node the running jails may write to, so that no two have one in common:
/// processes of two jails that meet in a folder can hand each other open folders, and with these a
/// way out (FreeBSD's advisory of 2026 about sibling jails). A folder may be common where both say
/// so, and among the tasks of an allocation.
///
/// Safe for many threads. Holds as much as there are jails.
public final class Written {
    private final Map<String, SortedMap<Path, Boolean>> byRun = new HashMap<>();

    /// Nothing yet.
    public Written() {}

    /// Notes what a jail writes to, until [#release]; why it may not, where it may not: then
    /// nothing is noted.
    synchronized Optional<String> claim(TaskRun run, JailSpec spec) throws IOException {
        SortedMap<Path, Boolean> folders = folders(run, spec);
        for (Map.Entry<Path, Boolean> folder : folders.entrySet()) {
            for (Map.Entry<String, SortedMap<Path, Boolean>> other : byRun.entrySet()) {
                if (!other.getKey().equals(run.id()) && meets(folder, other.getValue())) {
                    return Optional.of(
                            folder.getKey()
                                    + " is written to by the jail of "
                                    + other.getKey()
                                    + " too, and jails that share such a folder are not apart: give"
                                    + " each its own, mount it `ro`, or let both mount it with the"
                                    + " option `shared`");
                }
            }
        }
        byRun.put(run.id(), folders);
        return Optional.empty();
    }

    private static boolean meets(Map.Entry<Path, Boolean> folder, SortedMap<Path, Boolean> others) {
        return others.entrySet().stream()
                .filter(other -> !(folder.getValue() && other.getValue()))
                .anyMatch(other ->
                        folder.getKey().startsWith(other.getKey())
                                || other.getKey().startsWith(folder.getKey()));
    }

    /// Those outside of the allocation's own, each with whether others may write there, too.
    private static SortedMap<Path, Boolean> folders(TaskRun run, JailSpec spec) throws IOException {
        Path home = run.folders().home().toRealPath();
        Path shared = run.folders().shared().toRealPath();
        SortedMap<Path, Boolean> folders = new TreeMap<>();
        if (spec.root() instanceof Root.Folder(Path path)) {
            folders.put(path, false);
        }
        for (Bind bind : spec.binds()) {
            switch (bind.access()) {
                case READ -> {}
                case WRITE, DATA -> folders.put(bind.source(), false);
                case SHARED -> folders.putIfAbsent(bind.source(), true);
            }
        }
        Path runs = run.place().folder();
        folders.keySet()
                .removeIf(path ->
                        path.startsWith(home) || path.startsWith(shared) || path.startsWith(runs));
        return folders;
    }

    /// Its jail is gone. Twice is once.
    synchronized void release(TaskRun run) {
        byRun.remove(run.id());
    }
}
