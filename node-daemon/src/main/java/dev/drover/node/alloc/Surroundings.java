package dev.drover.node.alloc;

import dev.drover.manifests.model.LogConfig;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskEvent;
import dev.drover.node.cgroup.Cgroups;
import dev.drover.node.os.FullDisk;
import dev.drover.node.supervision.LogPlace;
import dev.drover.node.supervision.RunPlace;
import dev.drover.node.task.TaskMemory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What an allocation needs before its tasks can start: what an earlier daemon knew of them, the
/// end of the copy whose data it takes over, and what the hooks make.
final class Surroundings {
    private static final Logger LOG = LoggerFactory.getLogger(Surroundings.class);

    /// How soon one that waits sees that nobody wants it any more.
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private static final int LOG_FILES = 10;
    private static final int LOG_MIB = 10;

    private final AllocationTools tools;
    private final AllocationFolders folders;

    Surroundings(AllocationTools tools, AllocationFolders folders) {
        this.tools = tools;
        this.folders = folders;
    }

    /// Its tasks start soon: the kernel's wait before they join their groups begins now.
    void announce() {
        tools.cgroups()
                .ifPresent(cgroups ->
                        Thread.ofPlatform().name("stir").daemon().start(() -> stir(cgroups)));
    }

    private static void stir(Cgroups cgroups) {
        try {
            cgroups.stir();
        } catch (IOException e) {
            LOG.debug("tasks start later than they could", e);
        }
    }

    /// What is known of each task, by name.
    Map<String, TaskMemory> remembered(List<Task> tasks) {
        Recollection recollection = new Recollection(folders, tools.clock());
        Map<String, TaskMemory> known = new TreeMap<>();
        tasks.forEach(task -> known.put(task.name(), recollection.of(task.name())));
        return known;
    }

    /// The copy that has to end first. One whose tasks have begun has waited before.
    Optional<AllocationRunner> awaited(AllocationMemory memory, Map<String, TaskMemory> known) {
        return memory.heirOf()
                .filter(_ -> known.values().stream().allMatch(task -> task.run() == 0))
                .flatMap(id -> tools.others().apply(id))
                .filter(before -> before.over().getCount() > 0);
    }

    /// The same tasks, which say what they wait for.
    Map<String, TaskMemory> waiting(AllocationRunner before, Map<String, TaskMemory> known) {
        return telling(
                new TaskEvent(
                        tools.clock().instant(),
                        "Waiting For Data",
                        "Waits for the end of allocation "
                                + before.memory().id()
                                + ", whose data it takes over"),
                known);
    }

    /// Waits until it has ended, or there is nothing more to wait for.
    void await(AllocationRunner before, BooleanSupplier inVain) {
        try {
            boolean ended = false;
            while (!ended && !inVain.getAsBoolean()) {
                ended = before.over().await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /// Everything around the tasks is made; tasks for which it cannot be made have failed.
    Map<String, TaskMemory> prepared(AllocationMemory memory, Map<String, TaskMemory> known) {
        Map<String, TaskMemory> prepared = known;
        try {
            for (AllocationHook hook : tools.hooks().ofAllocation()) {
                for (TaskEvent event : hook.prepare(memory, folders)) {
                    prepared = telling(event, prepared);
                }
            }
            return prepared;
        } catch (IOException e) {
            LOG.error("allocation {} cannot be set up", memory.id(), e);
            TaskMemory failed =
                    TaskMemory.notSetUp(tools.clock().instant(), FullDisk.words(folders.data(), e));
            Map<String, TaskMemory> all = new TreeMap<>(known);
            all.replaceAll((_, task) -> task.run() == 0 ? failed : task);
            return all;
        }
    }

    /// What has begun has told it before.
    private static Map<String, TaskMemory> telling(TaskEvent event, Map<String, TaskMemory> known) {
        Map<String, TaskMemory> telling = new TreeMap<>(known);
        telling.replaceAll((_, task) -> task.run() == 0 ? task.with(event) : task);
        return telling;
    }

    /// Where a run of a task keeps what is its own.
    RunPlace place(Task task, int number) {
        String name = AllocationFolders.logName(task.name());
        int files = task.logs().flatMap(LogConfig::maxFiles).orElse(LOG_FILES);
        long mib = task.logs().flatMap(LogConfig::maxFileSizeMib).orElse(LOG_MIB);
        return new RunPlace(
                folders.run(task.name(), number),
                new LogPlace(folders.shared().resolve("logs"), name, mib << 20, files),
                tools.cgroups().map(c -> c.group(folders.group(name, Integer.toString(number)))));
    }

    /// Takes away what the hooks have made outside of the allocation's folders.
    void undo(AllocationMemory memory) throws IOException {
        for (AllocationHook hook : tools.hooks().ofAllocation().reversed()) {
            hook.undo(memory, folders);
        }
    }
}
