package dev.drover.node.check;

import dev.drover.manifests.model.CheckState;
import dev.drover.manifests.model.CheckStatus;
import dev.drover.manifests.model.ServiceState;
import dev.drover.manifests.model.TaskPhase;
import dev.drover.manifests.model.TaskState;
import dev.drover.node.driver.Running;
import dev.drover.node.memory.Recall;
import dev.drover.node.memory.StateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The services of one allocation. Each check is carried out on a thread of its own for as long as
/// the tasks run that it is about; what it said last outlives the daemon.
public final class ServiceWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceWatch.class);

    private final StateFile<Memories> file;
    private final InstantSource clock;
    private final Witness witness;
    private final Map<String, CheckMemory> memories = new TreeMap<>();
    private final Map<String, Carrying> carried = new HashMap<>();
    private List<PlannedService> plan = List.of();
    private Map<String, TaskState> states = Map.of();
    private boolean left;

    /// Who knows the tasks, and hears what becomes of the checks. Called without any lock.
    public interface Witness {
        /// What runs of a task now.
        Optional<Running> running(String task);

        /// A check has changed its mind.
        void changed();

        /// A task is to be restarted.
        void unwell(String task, String because);
    }

    /// What is written down of the checks, by their keys.
    public record Memories(Map<String, CheckMemory> checks) {
        public Memories {
            checks = Map.copyOf(checks);
        }
    }

    /// A check that is carried out now.
    private record Carrying(PlannedCheck check, Instant begun, CountDownLatch stopped) {}

    private ServiceWatch(StateFile<Memories> file, InstantSource clock, Witness witness) {
        this.file = file;
        this.clock = clock;
        this.witness = witness;
    }

    /// Goes on with what is written down there.
    public static ServiceWatch open(Path path, InstantSource clock, Witness witness)
            throws IOException {
        StateFile<Memories> file = new StateFile<>(path, Memories.class);
        ServiceWatch watch = new ServiceWatch(file, clock, witness);
        switch (file.read()) {
            case Recall.Known<Memories>(Memories known) -> watch.memories.putAll(known.checks());
            case Recall.Nothing<Memories>() -> {}
            case Recall.Corrupt<Memories>(Path movedTo, String because) ->
                    LOG.error("{} is kept for you to look at: {}", movedTo, because);
        }
        return watch;
    }

    /// What there is now: which services, and how the tasks are. Without services nothing is
    /// carried out.
    public synchronized void look(List<PlannedService> services, Map<String, TaskState> tasks) {
        plan = List.copyOf(services);
        states = Map.copyOf(tasks);
        Map<String, PlannedCheck> wanted = new TreeMap<>();
        for (PlannedService service : plan) {
            for (PlannedCheck check : service.checks()) {
                if (begun(check.during()).isPresent()) {
                    wanted.put(check.key(), check);
                }
            }
        }
        List.copyOf(carried.values()).stream()
                .filter(c -> !c.check().equals(wanted.get(c.check().key())) || !current(c))
                .forEach(this::stop);
        wanted.values().stream()
                .filter(check -> !left && !carried.containsKey(check.key()))
                .forEach(this::carry);
    }

    private boolean current(Carrying carrying) {
        return begun(carrying.check().during()).equals(Optional.of(carrying.begun()));
    }

    /// When the last of these tasks began, if all of them run.
    private Optional<Instant> begun(Set<String> tasks) {
        List<Instant> starts = new ArrayList<>();
        for (String task : tasks) {
            Optional<TaskState> state =
                    Optional.ofNullable(states.get(task))
                            .filter(s -> s.phase() == TaskPhase.RUNNING);
            if (state.isEmpty()) {
                return Optional.empty();
            }
            starts.add(state.flatMap(TaskState::started).orElse(Instant.EPOCH));
        }
        return starts.stream().max(Instant::compareTo);
    }

    private void carry(PlannedCheck check) {
        Instant begun = begun(check.during()).orElseThrow();
        CheckMemory known =
                Optional.ofNullable(memories.get(check.key()))
                        .filter(m -> m.begun().equals(begun))
                        .orElseGet(() -> CheckMemory.begun(check, begun, clock.instant()));
        memories.put(check.key(), known);
        Carrying carrying = new Carrying(check, begun, new CountDownLatch(1));
        carried.put(check.key(), carrying);
        Thread.ofVirtual().name("check-" + check.key()).start(() -> carryOut(carrying));
    }

    private void stop(Carrying carrying) {
        carried.remove(carrying.check().key());
        carrying.stopped().countDown();
    }

    private void carryOut(Carrying carrying) {
        PlannedCheck check = carrying.check();
        try {
            do {
                carryOutOnce(carrying);
            } while (!carrying.stopped()
                    .await(check.pace().interval().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException leaving) {
            Thread.currentThread().interrupt();
        }
    }

    private void carryOutOnce(Carrying carrying) throws InterruptedException {
        PlannedCheck check = carrying.check();
        try {
            new Attempt(check.probe(), check.pace().timeout(), witness::running)
                    .run()
                    .ifPresent(outcome -> heard(carrying, outcome));
        } catch (RuntimeException bug) { // what it said last would stand for ever
            LOG.error("a mistake in check {}; it goes on with the next turn", check.key(), bug);
        }
    }

    private void heard(Carrying carrying, Outcome outcome) {
        PlannedCheck check = carrying.check();
        boolean changed;
        boolean restart;
        synchronized (this) {
            if (carrying.stopped().getCount() == 0) {
                return;
            }
            CheckMemory before = Optional.ofNullable(memories.get(check.key())).orElseThrow();
            CheckLife.Step step = CheckLife.next(check, before, outcome, clock.instant());
            memories.put(check.key(), step.memory());
            changed = !step.memory().saysTheSame(before);
            restart = step.restart();
            if (changed) {
                write();
            }
            if (restart) {
                stop(carrying);
            }
        }
        if (changed) {
            witness.changed();
        }
        if (restart) {
            check.restart()
                    .ifPresent(rule ->
                            witness.unwell(
                                    rule.task(),
                                    "healthcheck: check \"" + check.name() + "\" unhealthy"));
        }
    }

    private void write() {
        try {
            file.write(new Memories(memories));
        } catch (IOException e) {
            // It goes on: after a restart of the daemon the check says it again.
            LOG.error("what the checks say cannot be written", e);
        }
    }

    /// What others may use now: the services whose tasks run.
    public synchronized List<ServiceState> services() {
        List<ServiceState> offered = new ArrayList<>();
        for (PlannedService service : plan) {
            if (begun(service.during()).isPresent()) {
                offered.add(state(service));
            }
        }
        return offered;
    }

    private ServiceState state(PlannedService service) {
        List<CheckState> checks = service.checks().stream().map(this::state).toList();
        return new ServiceState(
                service.name(),
                service.address(),
                service.port(),
                service.tags(),
                checks.stream()
                        .allMatch(c ->
                                c.status() == CheckStatus.PASSING
                                        || c.status() == CheckStatus.WARNING),
                checks);
    }

    private CheckState state(PlannedCheck check) {
        Optional<CheckMemory> memory = current(check);
        return new CheckState(
                check.name(),
                memory.map(CheckMemory::status).orElse(check.initial()),
                memory.map(CheckMemory::output).orElse(""),
                memory.map(CheckMemory::since)
                        .orElseGet(() -> begun(check.during()).orElse(Instant.EPOCH)));
    }

    /// Of the run that goes on; what an earlier one said is over.
    private Optional<CheckMemory> current(PlannedCheck check) {
        return Optional.ofNullable(memories.get(check.key()))
                .filter(m -> Optional.of(m.begun()).equals(begun(check.during())));
    }

    /// What the health of the allocation is to know of the checks.
    public synchronized List<CheckSight> sights() {
        List<CheckSight> sights = new ArrayList<>();
        for (PlannedService service : plan) {
            for (PlannedCheck check : service.checks()) {
                Optional<CheckMemory> memory = current(check);
                boolean satisfied =
                        check.heeded() == PlannedCheck.Heeded.IGNORED
                                || memory.filter(m -> check.satisfied(m.status())).isPresent();
                sights.add(
                        new CheckSight(
                                check.name(),
                                check.during(),
                                satisfied,
                                memory.map(CheckMemory::since).orElse(Instant.EPOCH)));
            }
        }
        return sights;
    }

    /// Carries nothing out any more; nothing is written or told when it returns.
    public synchronized void leave() {
        left = true;
        List.copyOf(carried.values()).forEach(this::stop);
    }
}
