package dev.drover.node.task;

import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskEvent;
import dev.drover.manifests.model.TaskPhase;
import dev.drover.node.driver.Recovery;
import dev.drover.node.driver.Running;
import dev.drover.node.driver.Start;
import dev.drover.node.driver.TaskRun;
import dev.drover.node.environment.TaskEnvironment;
import dev.drover.node.hook.Companion;
import dev.drover.node.hook.RunControl;
import dev.drover.node.hook.TaskContext;
import dev.drover.node.hook.TaskHook;
import dev.drover.node.os.Descriptors;
import dev.drover.node.os.FullDisk;
import dev.drover.node.os.Signal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries one task from its first start to its end, on a virtual thread of its own.
///
/// Each step is written down before the next one begins, so that a daemon that was killed between
/// any two goes on: a run that may have been started is asked for at its driver, a restart that was
/// decided waits for its time, an end that was decided stays.
public final class TaskRunner {
    private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(5);

    private final TaskContext context;
    private final TaskTools tools;
    private final Task task;
    private final CountDownLatch killed = new CountDownLatch(1);
    private final Thread thread;
    private TaskMemory memory;
    private Optional<Running> running = Optional.empty();

    /// Those who go along with this run.
    private List<Thread> companions = List.of();

    /// Whether hooks work for it, which may take long and stop when they are interrupted.
    private boolean preparing;

    /// Of a task that was left as `memory` says.
    public TaskRunner(TaskContext context, TaskTools tools, TaskMemory memory) {
        this.context = context;
        this.tools = tools;
        this.memory = memory;
        task = context.subject().task();
        thread = Thread.ofVirtual().name("task-" + runId(0)).unstarted(this::live);
    }

    /// Starts it, or goes on with it. Once.
    public void begin() {
        thread.start();
    }

    /// What is known of it now.
    public synchronized TaskMemory memory() {
        return memory;
    }

    /// What runs of it now.
    public synchronized Optional<Running> running() {
        return running;
    }

    private void live() {
        try {
            Optional<Running> found = recovered();
            while (!memory().dead()) {
                Optional<Ending> ending =
                        found.isPresent() ? Optional.of(ended(found.get())) : run();
                found = Optional.empty();
                decide(ending);
            }
        } catch (InterruptedException leaving) {
            running().ifPresent(Running::leave);
        }
    }

    /// The run that an earlier daemon has started, if it has.
    private Optional<Running> recovered() throws InterruptedException {
        if (memory().ended()) {
            return Optional.empty();
        }
        try {
            return switch (Descriptors.await(() -> tools.driver().recover(taskRun(context)))) {
                case Recovery.Found(Running found) -> {
                    begun(found);
                    yield Optional.of(found);
                }
                case Recovery.NeverStarted() -> Optional.empty();
            };
        } catch (IOException e) {
            // Whether it runs cannot be found out: never start a second one beside it.
            LOG.error("task {}: its run cannot be recovered", runId(memory().run()), e);
            note(m -> m.with(Events.notRestored(now(), text(e))).dead(true, now()));
            return Optional.empty();
        }
    }

    /// One run from its start to its end; empty when it was killed before it began.
    private Optional<Ending> run() throws InterruptedException {
        if (killedBefore(memory().nextStart().orElse(now()))) {
            return Optional.empty();
        }
        if (memory().run() == 0) {
            received();
        }
        TaskContext prepared;
        try {
            prepared = prepared();
        } catch (IOException failed) { // has been told
            return Optional.of(new Ending.CouldNotStart(text(failed)));
        } catch (InterruptedException stopped) {
            if (isKilled()) {
                return Optional.empty();
            }
            throw stopped;
        }
        if (killedBefore(now())) {
            return Optional.empty();
        }
        note(TaskMemory::nextRun);
        return Optional.of(started(taskRun(prepared)));
    }

    /// Nothing has been done for it yet, so the next step writes this down, too.
    private synchronized void received() {
        memory = memory.with(Events.received(now())).with(Events.setup(now()));
    }

    private Ending started(TaskRun run) throws InterruptedException {
        try {
            Optional<String> gone = run.own().gone();
            Start start = gone.isPresent() ? new Start.Refused(gone.get()) : asked(run);
            return switch (start) {
                case Start.Started(Running fresh, List<String> warnings) -> {
                    if (!warnings.isEmpty()) {
                        note(m -> m.with(Events.driver(now(), String.join("; ", warnings))));
                    }
                    yield ended(begun(fresh));
                }
                case Start.Refused(String because) -> {
                    note(m -> m.with(Events.driverFailure(now(), because)));
                    yield new Ending.Refused(because);
                }
            };
        } catch (IOException e) {
            note(m -> m.with(Events.driverFailure(now(), text(e))));
            // It may have started all the same.
            Optional<Running> found = recovered();
            return found.isPresent() ? ended(found.get()) : new Ending.CouldNotStart(text(e));
        }
    }

    /// A word that no process can be given, as one with a NUL byte, is a mistake of the job.
    private Start asked(TaskRun run) throws IOException, InterruptedException {
        try {
            return tools.driver().start(run);
        } catch (IllegalArgumentException mistake) {
            return new Start.Refused(String.valueOf(mistake.getMessage()));
        }
    }

    private TaskContext prepared() throws IOException, InterruptedException {
        preparing(true);
        try {
            return new Preparation(tools.hooks(), tools.clock(), event -> note(m -> m.with(event)))
                    .of(context);
        } finally {
            preparing(false);
        }
    }

    /// After the end of it, an interrupt of a kill that came too late is forgotten.
    private synchronized void preparing(boolean now) {
        preparing = now;
        if (!now && isKilled()) {
            Thread.interrupted();
        }
    }

    private synchronized Running begun(Running fresh) {
        running = Optional.of(fresh);
        if (memory.state().phase() != TaskPhase.RUNNING) {
            note(m -> m.running(now()).with(Events.started(now())));
        }
        if (isKilled() || memory.interruption().isPresent()) {
            stop(fresh);
        } else {
            companions =
                    tools.hooks().stream()
                            .flatMap(hook -> hook.companion(context).stream())
                            .map(companion ->
                                    Thread.ofVirtual()
                                            .name("beside-" + runId(memory.run()))
                                            .start(() -> accompany(companion, fresh)))
                            .toList();
        }
        return fresh;
    }

    private void accompany(Companion companion, Running run) {
        try {
            companion.accompany(new Control(run));
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private Ending ended(Running run) throws InterruptedException {
        Exit exit = run.await();
        synchronized (this) {
            running = Optional.empty();
            companions.forEach(Thread::interrupt);
            note(m -> m.exited(exit).with(Events.terminated(now(), exit)));
        }
        for (TaskHook hook : tools.hooks().reversed()) {
            try {
                hook.undo(context);
            } catch (IOException e) {
                LOG.warn("task {}: something of it is left", runId(memory().run()), e);
            }
        }
        return ending(exit);
    }

    private synchronized Ending ending(Exit exit) {
        return memory.interruption()
                .map(Interruption::ending)
                .orElseGet(() -> new Ending.Exited(exit));
    }

    private void decide(Optional<Ending> ending) {
        if (isKilled() || ending.isEmpty()) {
            note(m -> m.with(Events.killed(now())).dead(m.state().failed(), now()));
            return;
        }
        RestartRules rules =
                RestartRules.of(
                        context.subject().job().spec().type().orElse(JobType.SERVICE),
                        context.subject().group(),
                        task);
        switch (TaskLifecycle.next(
                ending.get(), rules, memory().restarts(), now(), tools.chance())) {
            case TaskStep.Restart(Duration delay, String because, Restarts counted) ->
                    note(m ->
                            m.with(Events.restarting(now(), because, delay))
                                    .restartingAt(now().plus(delay), counted));
            case TaskStep.Complete _ -> note(m -> m.dead(false, now()));
            case TaskStep.Fail(String because) ->
                    note(m -> m.with(Events.notRestarting(now(), because)).dead(true, now()));
        }
    }

    /// Ends it for good: because the server wants so.
    public void stop() {
        kill(Optional.empty());
    }

    /// Ends it for good: its allocation has run for as long as it may.
    public void exceeded() {
        kill(Optional.of(Events.exceeded(now())));
    }

    /// Ends it for good: its node has heard nothing from the server for that long.
    public void silence(Duration after) {
        kill(Optional.of(Events.silence(now(), after)));
    }

    /// Ends it for good: another task of its allocation has failed.
    public void siblingFailed(String sibling) {
        kill(Optional.of(Events.siblingFailed(now(), sibling)));
    }

    /// Ends it for good: its leader has ended.
    public void leaderDead() {
        kill(Optional.of(Events.leaderDead(now())));
    }

    /// Ends it for good: those it served have ended.
    public void mainDead() {
        kill(Optional.of(Events.mainDead(now())));
    }

    /// Ends this run because it does not work, as a check says; its restart policy decides about
    /// the next one.
    public void unwell(String because) {
        end(Interruption.Kind.UNWELL, because);
    }

    private synchronized void end(Interruption.Kind kind, String because) {
        if (isKilled() || running.isEmpty() || memory.interruption().isPresent()) {
            return;
        }
        note(m ->
                m.with(Events.restartSignaled(now(), because))
                        .interrupted(new Interruption(kind, because)));
        stop(running.get());
    }

    private final class Control implements RunControl {
        /// Never opens: the thread is interrupted instead.
        private final CountDownLatch over = new CountDownLatch(1);

        private final Running run;

        Control(Running run) {
            this.run = run;
        }

        @Override
        public Running running() {
            return run;
        }

        @Override
        public void pause(Duration time) throws InterruptedException {
            over.await(time.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public void splay(Duration max) throws InterruptedException {
            pause(Duration.ofMillis((long) (max.toMillis() * tools.chance().nextDouble())));
        }

        @Override
        public void restart(String because) {
            end(Interruption.Kind.RENEWED, because);
        }

        @Override
        public void fail(String because) {
            end(Interruption.Kind.REFUSED, because);
        }

        @Override
        public void signal(Signal signal, String because) {
            note(run, m -> m.with(Events.signaling(now(), signal.name(), because)));
            try {
                run.signal(signal);
            } catch (IOException e) {
                LOG.warn("task {} cannot be signalled", runId(memory().run()), e);
            }
        }

        @Override
        public void tell(String type, String message) {
            note(run, m -> m.with(new TaskEvent(now(), type, message)));
        }
    }

    /// What its texts are filled with.
    public TaskEnvironment environment() {
        return context.environment();
    }

    /// Its allocation is not healthy, because of it.
    public void unhealthy(String because) {
        note(m -> m.with(Events.unhealthy(now(), because)));
    }

    private synchronized void kill(Optional<TaskEvent> why) {
        if (isKilled() || memory.dead()) {
            return;
        }
        why.ifPresent(event -> note(m -> m.with(event)));
        killed.countDown();
        running.ifPresent(this::stop);
        if (preparing) {
            thread.interrupt();
        }
    }

    private void stop(Running run) {
        Thread.ofVirtual().name("kill-" + runId(memory().run())).start(() -> stopNow(run));
    }

    private void stopNow(Running run) {
        Duration grace = task.killTimeout().orElse(KILL_TIMEOUT);
        Signal first = task.killSignal().flatMap(Signal::named).orElse(Signal.SIGINT);
        try {
            Duration delay = task.shutdownDelay().orElse(Duration.ZERO);
            if (delay.isPositive()) {
                note(run, m -> m.with(Events.waitingForShutdownDelay(now(), delay)));
                run.await(delay);
            }
            note(run, m -> m.with(Events.killing(now(), grace)));
            run.stop(first, grace);
        } catch (IOException e) {
            LOG.error("task {} cannot be stopped", runId(memory().run()), e);
        } catch (InterruptedException leaving) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits until nothing of it runs and nothing will.
    public void join() throws InterruptedException {
        thread.join();
    }

    /// Stops watching it. What runs of it goes on, for another daemon to recover.
    public void leave() throws InterruptedException {
        thread.interrupt();
        thread.join();
        synchronized (this) {
            companions.forEach(Thread::interrupt);
        }
    }

    private boolean isKilled() {
        return killed.getCount() == 0;
    }

    /// Waits until then; whether it was killed meanwhile.
    private boolean killedBefore(Instant start) throws InterruptedException {
        long millis = Math.max(0, Duration.between(now(), start).toMillis());
        return killed.await(millis, TimeUnit.MILLISECONDS);
    }

    private TaskRun taskRun(TaskContext prepared) {
        int number = memory().run();
        return new TaskRun(
                runId(number),
                prepared.environment().fill(task.config()),
                prepared.variables(),
                task.user(),
                context.environment().resources(),
                context.environment().own(),
                prepared.folders(),
                tools.places().apply(number));
    }

    private String runId(int number) {
        return context.subject().allocation().id()
                + "-"
                + context.subject().task().name()
                + "-"
                + number;
    }

    private Instant now() {
        return tools.clock().instant();
    }

    /// Notes what is done to that run; nothing once it has ended: its story is told by then, and
    /// where it is written down may be gone.
    private synchronized void note(Running of, UnaryOperator<TaskMemory> change) {
        if (running.equals(Optional.of(of))) {
            note(change);
        }
    }

    private synchronized void note(UnaryOperator<TaskMemory> change) {
        memory = change.apply(memory);
        try {
            tools.journal().write(memory);
        } catch (IOException e) {
            // It goes on: what runs is found again by what its supervisor writes.
            LOG.error("task {}: its state cannot be written", runId(memory.run()), e);
        }
    }

    private String text(IOException e) {
        return FullDisk.words(context.folders().home(), e);
    }
}
