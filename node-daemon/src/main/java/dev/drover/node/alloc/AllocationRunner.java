package dev.drover.node.alloc;

import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.ServiceState;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.TaskPhase;
import dev.drover.manifests.model.TaskState;
import dev.drover.manifests.wire.AllocationReport;
import dev.drover.node.check.CheckSight;
import dev.drover.node.check.HealthRules;
import dev.drover.node.check.HealthView;
import dev.drover.node.check.HealthWatch;
import dev.drover.node.check.PlannedService;
import dev.drover.node.check.ServicePlan;
import dev.drover.node.check.ServiceWatch;
import dev.drover.node.driver.Running;
import dev.drover.node.memory.StateFile;
import dev.drover.node.task.TaskMemory;
import dev.drover.node.task.TaskRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries one allocation: makes its surroundings, starts its tasks, and lets what becomes of one
/// reach the others. Holds no lock while it asks a task: tasks call it while they hold theirs.
public final class AllocationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(AllocationRunner.class);

    private static final String HEALTH = "health";
    private static final String CHECKS = "checks";

    private final AllocationTools tools;
    private final AllocationFolders folders;
    private final Surroundings surroundings;
    private final Consumer<AllocationReport> told;
    private final Map<String, TaskState> states = new ConcurrentSkipListMap<>();
    private final Map<String, TaskRunner> tasks = new ConcurrentSkipListMap<>();
    private final Thread setup;
    private final Set<String> begun = ConcurrentHashMap.newKeySet();
    private final Object order = new Object();
    private final Object telling = new Object();

    /// Whether every task is known, so that a stop reaches all of them.
    private volatile boolean ready;

    /// Whether the states of all tasks are known: before, nothing is told, since some of them would
    /// look like all of them.
    private volatile boolean recalled;

    private volatile boolean left;

    /// Whether its tasks are being stopped.
    private volatile boolean ending;

    private final CountDownLatch leaving = new CountDownLatch(1);

    /// Whether it was stopped, or is, because nothing was heard from the server.
    private volatile Optional<SilentStop> silent = Optional.empty();

    /// Opens when none of its tasks runs and none will.
    private final CountDownLatch over = new CountDownLatch(1);

    private volatile AllocationMemory memory;

    /// Both absent before the begin.
    private volatile Optional<HealthWatch> health = Optional.empty();

    private volatile Optional<ServiceWatch> services = Optional.empty();

    /// Of an allocation that may have been here before. `told` hears of every change, each time
    /// after it is durable.
    public AllocationRunner(
            AllocationMemory memory, AllocationTools tools, Consumer<AllocationReport> told) {
        this.memory = memory;
        this.tools = tools;
        this.told = told;
        folders = new AllocationFolders(tools.data(), memory.id());
        surroundings = new Surroundings(tools, folders);
        setup = Thread.ofVirtual().name("alloc-" + memory.id()).unstarted(this::setUp);
    }

    /// Where what the server said about an allocation is kept.
    static StateFile<AllocationMemory> file(AllocationFolders folders) {
        return new StateFile<>(folders.assignment(), AllocationMemory.class);
    }

    /// Starts it. Once.
    public void begin() throws IOException {
        surroundings.announce();
        Files.createDirectories(folders.state());
        file(folders).write(memory);
        resume();
    }

    /// Goes on with it under another daemon. Writes nothing that is there: the disk may be full.
    void resume() throws IOException {
        silent = SilentStop.recall(folders);
        health = watch(memory);
        services =
                Optional.of(
                        ServiceWatch.open(
                                folders.state().resolve(CHECKS), tools.clock(), new Witness()));
        setup.start();
    }

    /// Takes in what the server says now.
    public void update(AllocationMemory newer) {
        try {
            file(folders).write(newer);
        } catch (IOException e) {
            // What must stop stops all the same; the server says it again to the next daemon.
            LOG.error("allocation {}: what the server says cannot be kept", memory.id(), e);
        }
        memory = newer;
        watchFor(newer);
        List<ServiceState> before = offered();
        lookAtServices();
        if (!offered().equals(before)) {
            tell();
        }
        if (memory.unwanted() && ready) {
            end();
        }
    }

    /// What the server said last about it.
    public AllocationMemory memory() {
        return memory;
    }

    /// Where its files are.
    public AllocationFolders folders() {
        return folders;
    }

    /// One of its tasks.
    public Optional<TaskRunner> task(String name) {
        return Optional.ofNullable(tasks.get(name));
    }

    /// All of them, by name.
    public Map<String, TaskRunner> tasks() {
        return Map.copyOf(tasks);
    }

    /// Tells how it is, once that is known; `setUp` tells the first time. One thread at a time:
    /// what was seen earlier is not told later, or the server would believe it for ever.
    void tell() {
        synchronized (telling) {
            if (recalled) {
                String namespace = memory.assignment().namespace();
                told.accept(new AllocationReport(memory.id(), namespace, status()));
            }
        }
    }

    private AllocationStatus status() {
        if (group().isPresent()) {
            AllocationStatus all =
                    AllocationSummary.of(states, health.flatMap(HealthWatch::healthy))
                            .offering(offered());
            return AllocationSummary.stopped(all, deadline(), silent);
        }
        return AllocationSummary.withoutGroup(
                memory.assignment().spec().group(), tools.clock().instant());
    }

    private Optional<TaskGroup> group() {
        return memory.group();
    }

    private void watchFor(AllocationMemory newer) {
        Optional<String> deployment = newer.assignment().spec().deployment();
        if (health.isEmpty() || !health.get().deployment().equals(deployment)) {
            health.ifPresent(HealthWatch::leave);
            try {
                health = watch(newer);
            } catch (IOException e) { // tried again with the next word
                LOG.error("allocation {}: its health is not watched", memory.id(), e);
            }
            health.filter(_ -> ready).ifPresent(HealthWatch::begin);
        }
        health.ifPresent(HealthWatch::look);
    }

    private Optional<HealthWatch> watch(AllocationMemory known) throws IOException {
        return known.group().filter(HealthRules::asked).isPresent()
                ? Optional.of(open(known))
                : Optional.empty();
    }

    private HealthWatch open(AllocationMemory known) throws IOException {
        return HealthWatch.open(
                folders.state().resolve(HEALTH),
                known.assignment().spec().deployment(),
                tools.clock(),
                new HealthWatch.Witness() {
                    @Override
                    public Optional<HealthView> sight(Instant since) {
                        return unwanted() ? Optional.empty() : view(since);
                    }

                    @Override
                    public void decided(Map<String, String> because) {
                        because.forEach((task, words) -> runner(task).unhealthy(words));
                        tell();
                    }
                });
    }

    private Optional<HealthView> view(Instant since) {
        return group().flatMap(group ->
                HealthRules.of(group)
                        .map(rules -> new HealthView(group, rules, states, sights(rules), since)));
    }

    private List<CheckSight> sights(HealthRules rules) {
        return rules.checks() ? services.map(ServiceWatch::sights).orElse(List.of()) : List.of();
    }

    private List<ServiceState> offered() {
        return services.map(ServiceWatch::services).orElse(List.of());
    }

    private void lookAtServices() {
        services.ifPresent(watch -> watch.look(planned(), states));
    }

    /// The services to offer: none once it should end, so that nobody comes while it does.
    private List<PlannedService> planned() {
        Optional<TaskGroup> group = group();
        boolean known =
                group.isPresent()
                        && group.get().tasks().stream().allMatch(t -> tasks.containsKey(t.name()));
        return !known || unwanted()
                ? List.of()
                : ServicePlan.of(
                        memory.assignment().spec(),
                        group.get(),
                        tools.node().get().status().address(),
                        task -> runner(task).environment()::fill);
    }

    /// Hears of the checks.
    private final class Witness implements ServiceWatch.Witness {
        @Override
        public Optional<Running> running(String task) {
            return task(task).flatMap(TaskRunner::running);
        }

        @Override
        public void changed() {
            tell();
            health.ifPresent(HealthWatch::look);
        }

        @Override
        public void unwell(String task, String because) {
            task(task).ifPresent(runner -> runner.unwell(because));
        }
    }

    private void setUp() {
        try {
            makeReady();
        } catch (
                RuntimeException bug) { // nobody else would ever hear of it, on a thread of its own
            LOG.error("allocation {}: a mistake while it was set up", memory.id(), bug);
            know(surroundings.mistaken(memory, begun, states));
            noticeEnd();
            tell();
        }
    }

    private void makeReady() {
        List<Task> all = group().map(TaskGroup::tasks).orElse(List.of());
        Map<String, TaskMemory> known = surroundings.remembered(all);
        Optional<Predecessor> before = surroundings.awaited(memory, known);
        if (before.isPresent()) {
            known = surroundings.waiting(before.get(), known);
            know(known);
            tell();
            known = surroundings.await(before.get(), memory, known, this::inVain);
            if (leaving.getCount() == 0) {
                return; // another daemon goes on with it, or nobody
            }
        }
        known = surroundings.prepared(memory, known, this::inVain);
        know(known);
        noticeEnd();
        for (Task task : all) {
            StateFile<TaskMemory> file =
                    new StateFile<>(folders.state(task.name()), TaskMemory.class);
            tasks.put(
                    task.name(),
                    surroundings.runner(memory, task, known, news -> keep(task, file, news)));
        }
        lookAtServices();
        tell();
        // What has begun under an earlier daemon goes on, whatever the order says now.
        for (Map.Entry<String, TaskMemory> task : known.entrySet()) {
            if (task.getValue().run() > 0) {
                begin(task.getKey());
            }
        }
        ready = true;
        health.ifPresent(HealthWatch::begin);
        if (unwanted()) {
            end();
        }
        deadline().ifPresent(this::endAt);
        advance();
    }

    private boolean inVain() {
        return unwanted() || leaving.getCount() == 0;
    }

    private void know(Map<String, TaskMemory> known) {
        known.forEach((name, task) -> states.put(name, task.state()));
        recalled = true;
    }

    /// Opens when none of its tasks runs, and none will.
    public CountDownLatch over() {
        return over;
    }

    private void noticeEnd() {
        if (recalled && states.values().stream().allMatch(s -> s.phase() == TaskPhase.DEAD)) {
            over.countDown();
        }
    }

    private void keep(Task task, StateFile<TaskMemory> file, TaskMemory known) throws IOException {
        try {
            file.write(known);
        } finally {
            Optional<TaskPhase> before =
                    Optional.ofNullable(states.put(task.name(), known.state()))
                            .map(TaskState::phase);
            noticeEnd();
            lookAtServices();
            tell();
            health.ifPresent(HealthWatch::look);
            if (!before.equals(Optional.of(known.state().phase()))) {
                // On its own thread: this one holds the task's lock.
                Thread.ofVirtual().name("order-" + memory.id()).start(this::advance);
            }
        }
    }

    /// Does what is due between the tasks and after the last one. One thread at a time; never one
    /// that holds a task's lock.
    private void advance() {
        Optional<TaskGroup> group = group();
        if (group.isEmpty()) {
            return;
        }
        synchronized (order) {
            if (ending) {
                stop(group.get());
            }
            for (OrderStep step : TaskOrder.steps(group.get(), states)) {
                if (ending && !TaskOrder.last(group.get()).contains(step.task())) {
                    continue; // its turn comes in the order of the end
                }
                switch (step) {
                    case OrderStep.Begin _ -> {}
                    case OrderStep.SiblingFailed(String task, String sibling) ->
                            runner(task).siblingFailed(sibling);
                    case OrderStep.LeaderDead(String task) -> runner(task).leaderDead();
                    case OrderStep.MainDead(String task) -> runner(task).mainDead();
                }
                begin(step.task());
            }
            if (over.getCount() == 0) {
                surroundings.forgetSecrets();
            }
        }
    }

    /// A task that must end before it has begun begins too: to end.
    private void begin(String task) {
        if (!left && begun.add(task)) {
            runner(task).begin();
        }
    }

    private TaskRunner runner(String task) {
        return Optional.ofNullable(tasks.get(task)).orElseThrow();
    }

    /// Begins to stop it: after the group's delay, in which nobody finds its services any more.
    private void end() {
        Duration delay = group().flatMap(TaskGroup::shutdownDelay).orElse(Duration.ZERO);
        endAt(tools.clock().instant().plus(delay));
    }

    /// When it has had the time it may have.
    private Optional<Instant> deadline() {
        return group().flatMap(TaskGroup::maxRunDuration)
                .flatMap(max -> health.map(watch -> watch.since().plus(max)));
    }

    private void endAt(Instant when) {
        new Deadline("end-" + memory.id(), tools.clock(), leaving).at(when, this::beginEnd);
    }

    private void beginEnd() {
        ending = true;
        advance();
    }

    /// What should end goes step by step; what has had its time does nothing more after that.
    private void stop(TaskGroup group) {
        Instant now = tools.clock().instant();
        boolean overTime = deadline().filter(end -> !now.isBefore(end)).isPresent();
        List<String> due = new ArrayList<>(TaskOrder.stops(group, states));
        if (overTime) {
            due.addAll(TaskOrder.last(group));
        }
        for (String task : due) {
            if (overTime) {
                runner(task).exceeded();
            } else {
                silent.ifPresentOrElse(
                        why -> runner(task).silence(why.after()), () -> runner(task).stop());
            }
            begin(task);
        }
    }

    /// Ends it, because nothing was heard from the server for as long as its group bears. Whether
    /// there is nothing to be said again: its tasks may not be known yet.
    boolean silent(Duration after) {
        if (!recalled) {
            return false;
        }
        if (ending || unwanted() || over.getCount() == 0 || leaving.getCount() == 0) {
            return true;
        }
        silent = Optional.of(SilentStop.keep(folders, after));
        lookAtServices();
        if (ready) {
            end();
        }
        return true;
    }

    /// Whether it is to end: nobody wants it, or nobody says whether somebody does.
    private boolean unwanted() {
        return memory.unwanted() || silent.isPresent();
    }

    /// Stops it and removes everything of it. Returns when nothing is left.
    public void remove() throws IOException, InterruptedException {
        leaving.countDown();
        setup.join();
        health.ifPresent(HealthWatch::leave);
        services.ifPresent(ServiceWatch::leave);
        tasks.forEach((name, task) -> {
            task.stop();
            begin(name);
        });
        for (TaskRunner task : tasks.values()) {
            task.join();
        }
        over.countDown(); // also of one that was removed before it knew its tasks
        synchronized (order) { // what is done after the last task has been done, or finds nothing
            surroundings.undo(memory);
            folders.remove();
        }
    }

    /// Stops watching it. What runs of it goes on, for another daemon to find.
    public void leave() throws InterruptedException {
        left = true;
        leaving.countDown();
        setup.join();
        health.ifPresent(HealthWatch::leave);
        services.ifPresent(ServiceWatch::leave);
        for (String task : begun) {
            runner(task).leave();
        }
    }
}
