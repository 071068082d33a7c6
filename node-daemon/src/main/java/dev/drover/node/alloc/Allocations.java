package dev.drover.node.alloc;

import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.wire.AllocationReport;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.manifests.wire.Assignment;
import dev.drover.manifests.wire.ToNode.Desired;
import dev.drover.node.driver.Shortage;
import dev.drover.node.memory.Recall;
import dev.drover.node.os.FullDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every allocation of this node.
public final class Allocations {
    private static final Logger LOG = LoggerFactory.getLogger(Allocations.class);

    /// A removal that failed is tried again after this time: a person may have mended the disk.
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final AllocationTools tools;
    private final Consumer<AllocationReport> told;
    private final Leftovers leftovers;
    private final Map<String, AllocationRunner> runners = new TreeMap<>();

    /// What could not be begun; the server names it until it has heard so.
    private final Set<String> refused = new TreeSet<>();

    /// What is being removed: once, however often the server says so.
    private final Map<String, Thread> removals = new ConcurrentHashMap<>();

    /// Folders of allocations that could not be recalled. A server that names one brings it back;
    /// the others go.
    private final Set<String> unknown = new TreeSet<>();

    private final SilenceWatch silence;
    private final Duration again;
    private final CountDownLatch leaving = new CountDownLatch(1);

    /// None yet. `told` hears of every change.
    public Allocations(
            AllocationTools tools, Leftovers leftovers, Consumer<AllocationReport> told) {
        this(tools, leftovers, told, AGAIN);
    }

    /// @param again after what time a removal that failed is tried again
    Allocations(
            AllocationTools tools,
            Leftovers leftovers,
            Consumer<AllocationReport> told,
            Duration again) {
        this.tools = tools;
        this.leftovers = leftovers;
        this.told = told;
        this.again = again;
        silence = new SilenceWatch(this::all, tools.silence());
    }

    /// Goes on with what an earlier daemon has left.
    public synchronized void recall() throws IOException {
        Path states = tools.data().resolve("state");
        Files.createDirectories(states);
        List<Path> folders;
        try (Stream<Path> entries = Files.list(states)) {
            folders = entries.sorted().toList();
        }
        for (Path folder : folders) {
            recall(new AllocationFolders(tools.data(), folder.getFileName().toString()));
        }
        silence.begin();
    }

    private void recall(AllocationFolders folders) throws IOException {
        switch (AllocationRunner.file(folders).read()) {
            case Recall.Known<AllocationMemory>(AllocationMemory known) -> {
                AllocationRunner runner = new AllocationRunner(known, tools, told);
                runners.put(known.id(), runner);
                runner.resume();
            }
            case Recall.Nothing<AllocationMemory>() -> {
                LOG.warn("{} holds no allocation; the server will say", folders.state());
                unknown.add(folders.id());
            }
            case Recall.Corrupt<AllocationMemory>(Path movedTo, String because) -> {
                LOG.error("{} is kept for you to look at: {}", movedTo, because);
                unknown.add(folders.id());
            }
        }
    }

    /// Does what the server says.
    ///
    /// @param jobs every job that the link has told about before
    public synchronized void apply(Desired desired, List<AssignedJob> jobs) throws IOException {
        Map<String, AllocationMemory> here = new HashMap<>();
        runners.forEach((id, runner) -> here.put(id, runner.memory()));
        for (AllocationStep step : AllocationSet.steps(desired, here, jobs)) {
            switch (step) {
                case AllocationStep.Begin(AllocationMemory allocation) -> begin(allocation);
                case AllocationStep.Update(AllocationMemory allocation) ->
                        runner(allocation.id()).orElseThrow().update(allocation);
                case AllocationStep.Absent(Assignment assignment) -> absent(assignment);
                case AllocationStep.Remove(String id) -> remove(id);
                case AllocationStep.Puzzle(Assignment assignment, String because) ->
                        LOG.error("allocation {} is not run: {}", assignment.id(), because);
            }
        }
        if (desired.whole()) {
            refused.retainAll(
                    desired.assignments().stream().map(Assignment::id).collect(Collectors.toSet()));
            unknown.removeAll(runners.keySet());
            unknown.forEach(id ->
                    Thread.ofVirtual().name("leftover-" + id).start(() -> removeLeftover(id)));
            unknown.clear();
        }
        silence.look();
    }

    private void removeLeftover(String id) {
        try {
            LOG.warn("allocation {} is unknown to the server too: it is ended and removed", id);
            leftovers.remove(id);
        } catch (IOException | RuntimeException e) { // whoever's mistake: the others are wanted too
            LOG.error("what is left of allocation {} cannot be removed", id, e);
        } catch (InterruptedException leaving) {
            Thread.currentThread().interrupt();
        }
    }

    /// One that cannot be kept, on a full disk, is not begun: nothing of it could be found again.
    /// Where there is too little of something just now, the server says it again on another link.
    private void begin(AllocationMemory allocation) throws IOException {
        String id = allocation.id();
        AllocationRunner runner = new AllocationRunner(allocation, tools, told);
        try {
            if (!refused.contains(id)) {
                runner.begin();
                runners.put(id, runner);
            }
        } catch (IOException e) {
            if (Shortage.in(e)) {
                throw new IOException(
                        "allocation " + id + " cannot be begun just now: " + e.getMessage(), e);
            }
            LOG.error("allocation {} cannot be begun", id, e);
            refused.add(id);
            told.accept(
                    over(
                            allocation.assignment(),
                            AllocationPhase.FAILED,
                            "its node cannot keep it: " + FullDisk.words(tools.data(), e)));
        }
    }

    private void absent(Assignment assignment) {
        told.accept(over(assignment, AllocationPhase.COMPLETE, "it is not on its node"));
    }

    private AllocationReport over(Assignment assignment, AllocationPhase phase, String because) {
        return new AllocationReport(
                assignment.id(),
                assignment.namespace(),
                new AllocationStatus(
                        phase,
                        because,
                        Map.of(),
                        Optional.empty(),
                        0,
                        Optional.of(tools.clock().instant())));
    }

    /// It stays in the list until it is gone, so that a server that changes its mind finds it.
    private void remove(String id) {
        runner(id).ifPresent(runner -> removal(id, runner));
    }

    private Thread removal(String id, AllocationRunner runner) {
        return removals.computeIfAbsent(
                id,
                _ -> Thread.ofVirtual().name("remove-" + id).start(() -> removeNow(id, runner)));
    }

    private void removeNow(String id, AllocationRunner runner) {
        try {
            boolean over = removed(id, runner);
            while (!over && !leaving.await(again.toMillis(), TimeUnit.MILLISECONDS)) {
                over = removed(id, runner);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } finally {
            removals.remove(id);
        }
    }

    private boolean removed(String id, AllocationRunner runner) throws InterruptedException {
        try {
            runner.remove();
        } catch (IOException
                | RuntimeException e) { // whoever's mistake: the others go all the same
            LOG.error("allocation {} cannot be removed; it is tried again later", id, e);
            return false;
        }
        synchronized (this) {
            runners.remove(id);
        }
        return true;
    }

    /// One of them.
    public synchronized Optional<AllocationRunner> runner(String id) {
        return Optional.ofNullable(runners.get(id));
    }

    /// Tells of all of them again: the server may have forgotten.
    public void reportAll() {
        all().forEach(AllocationRunner::tell);
    }

    /// All of them.
    public synchronized List<AllocationRunner> all() {
        return new ArrayList<>(runners.values());
    }

    /// Stops watching. What runs goes on, for another daemon to find.
    public void leave() throws InterruptedException {
        leaving.countDown();
        silence.leave();
        for (AllocationRunner runner : all()) {
            runner.leave();
        }
    }

    /// Stops and removes everything; what cannot be removed is not tried again.
    public void removeAll() throws IOException, InterruptedException {
        leaving.countDown();
        silence.leave();
        List<Thread> all =
                all().stream().map(runner -> removal(runner.memory().id(), runner)).toList();
        for (Thread removal : all) {
            removal.join();
        }
    }
}
