package dev.drover.node.main;

import dev.drover.manifests.model.DriverState;
import dev.drover.manifests.model.TaskEvent;
import dev.drover.node.alloc.AllocationFolders;
import dev.drover.node.alloc.AllocationHook;
import dev.drover.node.alloc.AllocationMemory;
import dev.drover.node.alloc.AllocationTools;
import dev.drover.node.driver.Driver;
import dev.drover.node.driver.Recovery;
import dev.drover.node.driver.Start;
import dev.drover.node.driver.TaskRun;
import dev.drover.node.hook.TaskContext;
import dev.drover.node.hook.TaskHook;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The tools of a daemon with a gap before, between and after any two hooks, and around what its
/// drivers do. One of the gaps ends the process at its n-th passage, as kill -9 does.
final class HaltingTools {
    /// As a shell tells of kill -9.
    static final int KILLED = 137;

    private final SortedSet<String> gaps = new TreeSet<>();
    private final int choice;
    private int passages;

    /// @param choice the number of a gap, beyond their number from the start again
    /// @param passages how often that gap is passed before the end
    HaltingTools(int choice, int passages) {
        this.choice = choice;
        this.passages = passages;
    }

    /// Must be called before anything passes a gap: only then are all of them known.
    AllocationTools amend(AllocationTools tools) {
        List<AllocationHook> ofAllocation = new ArrayList<>(List.of(allocation(0)));
        for (AllocationHook hook : tools.hooks().ofAllocation()) {
            ofAllocation.add(hook);
            ofAllocation.add(allocation(ofAllocation.size() / 2));
        }
        List<TaskHook> ofTask = new ArrayList<>(List.of(task(0)));
        for (TaskHook hook : tools.hooks().ofTask()) {
            ofTask.add(hook);
            ofTask.add(task(ofTask.size() / 2));
        }
        Map<String, Driver> drivers = new TreeMap<>();
        tools.drivers().forEach((name, driver) -> drivers.put(name, new Halting(driver)));
        return new AllocationTools(
                tools.data(),
                new AllocationTools.Hooks(ofAllocation, ofTask),
                drivers,
                tools.node(),
                tools.others(),
                tools.arrivals(),
                tools.silence(),
                tools.cgroups(),
                tools.clock(),
                tools.chance());
    }

    private synchronized String gap(String name) {
        gaps.add(name);
        return name;
    }

    private synchronized void pass(String gap) {
        String chosen = List.copyOf(gaps).get(choice % gaps.size());
        if (gap.equals(chosen) && --passages <= 0) {
            System.out.println("halts at " + gap);
            System.out.flush();
            Runtime.getRuntime().halt(KILLED);
        }
    }

    private AllocationHook allocation(int number) {
        String prepare = gap("allocation hook " + number);
        String undo = gap("allocation hook " + number + " undone");
        return new AllocationHook() {
            @Override
            public List<TaskEvent> prepare(AllocationMemory allocation, AllocationFolders folders) {
                pass(prepare);
                return List.of();
            }

            @Override
            public void undo(AllocationMemory allocation, AllocationFolders folders) {
                pass(undo);
            }
        };
    }

    private TaskHook task(int number) {
        String prepare = gap("task hook " + number);
        String undo = gap("task hook " + number + " undone");
        return new TaskHook() {
            @Override
            public Optional<Announcement> announce(TaskContext task) {
                pass(prepare);
                return Optional.empty();
            }

            @Override
            public TaskContext prepare(TaskContext task) {
                return task;
            }

            @Override
            public void undo(TaskContext task) {
                pass(undo);
            }
        };
    }

    private final class Halting implements Driver {
        private final Driver driver;
        private final String before = gap("driver start 0");
        private final String after = gap("driver start 1");
        private final String recovery = gap("driver recover 0");
        private final String recovered = gap("driver recover 1");

        Halting(Driver driver) {
            this.driver = driver;
        }

        @Override
        public String name() {
            return driver.name();
        }

        @Override
        public DriverState fingerprint() {
            return driver.fingerprint();
        }

        @Override
        public Start start(TaskRun run) throws IOException, InterruptedException {
            pass(before);
            Start start = driver.start(run);
            pass(after);
            return start;
        }

        @Override
        public Recovery recover(TaskRun run) throws IOException, InterruptedException {
            pass(recovery);
            Recovery found = driver.recover(run);
            pass(recovered);
            return found;
        }
    }
}
