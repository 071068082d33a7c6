package dev.drover.node.alloc;

import dev.drover.manifests.model.LogConfig;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskEvent;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.TaskPhase;
import dev.drover.manifests.model.TaskState;
import dev.drover.manifests.wire.FromNode;
import dev.drover.node.cgroup.Cgroups;
import dev.drover.node.driver.AbsentDriver;
import dev.drover.node.driver.Driver;
import dev.drover.node.driver.Shortage;
import dev.drover.node.environment.TaskSubject;
import dev.drover.node.files.Input;
import dev.drover.node.hook.TaskContext;
import dev.drover.node.link.Arrivals;
import dev.drover.node.link.Arrivals.Arrival;
import dev.drover.node.moving.Arriving;
import dev.drover.node.os.FullDisk;
import dev.drover.node.os.Polling;
import dev.drover.node.secrets.Secrets;
import dev.drover.node.supervision.LogPlace;
import dev.drover.node.supervision.RunPlace;
import dev.drover.node.task.TaskJournal;
import dev.drover.node.task.TaskMemory;
import dev.drover.node.task.TaskRunner;
import dev.drover.node.task.TaskTools;
import dev.drover.node.task.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What an allocation needs before its tasks can start: what an earlier daemon knew of them, the
/// end of the copy whose data it takes over, and what the hooks make.
final class Surroundings {
    private static final Logger LOG = LoggerFactory.getLogger(Surroundings.class);

    /// How soon one that waits sees that nobody wants it any more.
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    /// As long as for a task, which its policy decides about then.
    private static final Duration LACKING_MAX = Duration.ofMinutes(5);

    private static final Duration LACKING_AGAIN = Duration.ofSeconds(1);
    private static final String LACKING =
            "this node has had too little of something for five minutes: its log says of what";

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
    Optional<Predecessor> awaited(AllocationMemory memory, Map<String, TaskMemory> known) {
        boolean begun = known.values().stream().anyMatch(task -> task.run() > 0 || task.dead());
        Optional<String> id = memory.heirOf();
        if (begun || id.isEmpty()) {
            return Optional.empty();
        }
        Optional<AllocationRunner> here = tools.others().apply(id.get());
        if (here.isPresent()) {
            return here.filter(runner -> runner.over().getCount() > 0).map(Predecessor.Here::new);
        }
        return id.filter(_ -> memory.migrates() && !Files.exists(folders.arrived()))
                .map(Predecessor.Elsewhere::new);
    }

    /// The same tasks, which say what they wait for.
    Map<String, TaskMemory> waiting(Predecessor before, Map<String, TaskMemory> known) {
        String words =
                switch (before) {
                    case Predecessor.Here(AllocationRunner runner) ->
                            "Waits for the end of allocation "
                                    + runner.memory().id()
                                    + ", whose data it takes over";
                    case Predecessor.Elsewhere(String id) ->
                            "Fetches the data of allocation "
                                    + id
                                    + " from its node, once that has ended; begins without it after "
                                    + Arrivals.TIME_MAX.toMinutes()
                                    + " minutes";
                };
        return telling(
                new TaskEvent(tools.clock().instant(), TaskEvent.WAITING_FOR_DATA, words), known);
    }

    /// Waits until it has ended and its data is here, or there is nothing more to wait for. The
    /// same tasks, which say why when nothing comes.
    Map<String, TaskMemory> await(
            Predecessor before,
            AllocationMemory memory,
            Map<String, TaskMemory> known,
            BooleanSupplier inVain) {
        try {
            switch (before) {
                case Predecessor.Here(AllocationRunner runner) -> awaitEnd(runner, inVain);
                case Predecessor.Elsewhere(String id) -> {
                    return fetched(id, memory, known, inVain);
                }
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        return known;
    }

    private static void awaitEnd(AllocationRunner before, BooleanSupplier inVain)
            throws InterruptedException {
        boolean ended = false;
        while (!ended && !inVain.getAsBoolean()) {
            ended = before.over().await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private Map<String, TaskMemory> fetched(
            String id,
            AllocationMemory memory,
            Map<String, TaskMemory> known,
            BooleanSupplier inVain)
            throws InterruptedException {
        Arrival arrival =
                tools.arrivals()
                        .await(
                                new FromNode.Fetch(memory.assignment().namespace(), memory.id()),
                                this::take,
                                inVain);
        return switch (arrival) {
            case Arrival.Whole() -> known;
            case Arrival.Nothing(String because) ->
                    telling(
                            new TaskEvent(
                                    tools.clock().instant(),
                                    StickyHook.LOST,
                                    "The data of allocation "
                                            + id
                                            + " was not fetched: "
                                            + because),
                            known);
        };
    }

    private void take(Input input) throws IOException, InterruptedException {
        Path arriving = folders.arriving();
        try {
            Arriving.take(input, arriving);
        } catch (IOException e) {
            throw FullDisk.at(folders.data(), e);
        }
        Files.move(arriving, folders.arrived(), StandardCopyOption.ATOMIC_MOVE);
    }

    /// Everything around the tasks is made; tasks for which it cannot be made have failed. Nothing
    /// is made again for those that have all ended.
    ///
    /// @param inVain whether nobody waits for it any more while its node has too little of
    ///   something
    Map<String, TaskMemory> prepared(
            AllocationMemory memory, Map<String, TaskMemory> known, BooleanSupplier inVain) {
        if (!known.isEmpty() && known.values().stream().allMatch(TaskMemory::dead)) {
            return known;
        }
        try {
            return Polling.until(LACKING_MAX, LACKING_AGAIN, () -> hooked(memory, known, inVain))
                    .orElseThrow(() -> new IOException(LACKING));
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return known;
        } catch (IOException e) {
            LOG.error("allocation {} cannot be set up", memory.id(), e);
            return notSetUp(known, FullDisk.words(folders.data(), e));
        } catch (RuntimeException bug) { // of a hook: without tasks nothing would ever be told
            LOG.error("allocation {}: a mistake", memory.id(), bug);
            return notSetUp(known, Words.MISTAKE);
        }
    }

    /// Empty when its node has too little of something just now.
    private Optional<Map<String, TaskMemory>> hooked(
            AllocationMemory memory, Map<String, TaskMemory> known, BooleanSupplier inVain)
            throws IOException {
        Map<String, TaskMemory> prepared = known;
        try {
            for (AllocationHook hook : tools.hooks().ofAllocation()) {
                for (TaskEvent event : hook.prepare(memory, folders)) {
                    prepared = telling(event, prepared);
                }
            }
            return Optional.of(prepared);
        } catch (IOException e) {
            if (!Shortage.in(e)) {
                throw e;
            }
            LOG.warn("allocation {} waits to be set up: {}", memory.id(), e.getMessage());
            return Optional.of(known).filter(_ -> inVain.getAsBoolean());
        }
    }

    private Map<String, TaskMemory> notSetUp(Map<String, TaskMemory> known, String because) {
        TaskMemory failed = TaskMemory.notSetUp(tools.clock().instant(), because);
        Map<String, TaskMemory> all = new TreeMap<>(known);
        all.replaceAll((_, task) -> task.run() == 0 ? failed : task);
        return all;
    }

    /// Of an allocation whose tasks a mistake of ours keeps from beginning: they have failed. Those
    /// that have begun, or ended, stay as they are; what may run since an earlier daemon cannot be
    /// found any more.
    Map<String, TaskMemory> mistaken(
            AllocationMemory memory, Set<String> begun, Map<String, TaskState> states) {
        TaskMemory failed = TaskMemory.notSetUp(tools.clock().instant(), Words.MISTAKE);
        return memory.group().map(TaskGroup::tasks).orElse(List.of()).stream()
                .map(Task::name)
                .filter(task -> !begun.contains(task))
                .filter(task ->
                        Optional.ofNullable(states.get(task))
                                .filter(state -> state.phase() == TaskPhase.DEAD)
                                .isEmpty())
                .collect(Collectors.toMap(Function.identity(), _ -> failed));
    }

    /// What has begun has told it before.
    private static Map<String, TaskMemory> telling(TaskEvent event, Map<String, TaskMemory> known) {
        Map<String, TaskMemory> telling = new TreeMap<>(known);
        telling.replaceAll((_, task) -> task.run() == 0 ? task.with(event) : task);
        return telling;
    }

    /// Of a task of the allocation, as far as `known` says it is.
    TaskRunner runner(
            AllocationMemory memory,
            Task task,
            Map<String, TaskMemory> known,
            TaskJournal journal) {
        TaskSubject subject =
                new TaskSubject(
                        memory.assignment(), memory.job(), memory.group().orElseThrow(), task);
        Driver driver =
                Optional.ofNullable(tools.drivers().get(task.driver()))
                        .orElseGet(() -> AbsentDriver.unknown(task.driver()));
        return new TaskRunner(
                TaskContext.of(subject, tools.node().get(), folders.task(task.name())),
                new TaskTools(
                        driver,
                        tools.hooks().ofTask(),
                        number -> place(task, number),
                        journal,
                        tools.clock(),
                        tools.chance()),
                known.getOrDefault(task.name(), TaskMemory.fresh()));
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

    /// Nobody runs who could read them: they leave the memory, and one mount less slows every jail.
    void forgetSecrets() {
        try {
            Secrets.removeAll(folders.home());
        } catch (IOException e) {
            LOG.warn("secrets of {} stay until it is removed", folders.home(), e);
        }
    }

    /// Takes away what the hooks have made outside of the allocation's folders.
    void undo(AllocationMemory memory) throws IOException {
        for (AllocationHook hook : tools.hooks().ofAllocation().reversed()) {
            hook.undo(memory, folders);
        }
    }
}
