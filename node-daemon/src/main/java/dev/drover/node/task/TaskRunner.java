package dev.drover.node.task;

import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskEvent;
import dev.drover.manifests.model.TaskPhase;
import dev.drover.node.driver.Recovery;
import dev.drover.node.driver.Running;
import dev.drover.node.driver.Shortage;
import dev.drover.node.driver.Start;
import dev.drover.node.driver.TaskRun;
import dev.drover.node.environment.TaskEnvironment;
import dev.drover.node.hook.Companion;
import dev.drover.node.hook.TaskContext;
import dev.drover.node.hook.TaskHook;
import dev.drover.node.os.Descriptors;
import dev.drover.node.os.FullDisk;
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
                Optional<Ending> ending = turn(found);
                found = Optional.empty();
                decide(ending);
            }
        } catch (InterruptedException leaving) {
            running().ifPresent(Running::leave);
        }
    }

    /// One turn of its life. Who makes a mistake in it ends it: the policy bounds how often, and a
    /// run that goes on then is ended, since a second one must not begin beside it.
    private Optional<Ending> turn(Optional<Running> found) throws InterruptedException {
        try {
            return found.isPresent() ? Optional.of(ended(found.get())) : run();
        } catch (RuntimeException bug) {
            LOG.error("task {}: a mistake", runId(memory().run()), bug);
            Optional<Running> left = running();
            left.ifPresent(this::stop);
            note(m -> m.with(Events.driverFailure(now(), Words.MISTAKE)));
            return Optional.of(
                    left.isPresent()
                            ? new Ending.Refused(Words.MISTAKE)
                            : new Ending.CouldNotStart(Words.MISTAKE));
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
            return lost(text(e), e);
        } catch (RuntimeException bug) {
            return lost(Words.MISTAKE, bug);
        }
    }

    /// Whether it runs cannot be found out: never start a second one beside it.
    private Optional<Running> lost(String because, Exception failure) {
        LOG.error("task {}: its run cannot be recovered", runId(memory().run()), failure);
        note(m -> m.with(Events.notRestored(now(), because)).dead(true, now()));
        return Optional.empty();
    }

    /// One run from its start to its end; empty when it was killed before it began.
    private Optional<Ending> run() throws InterruptedException {
        if (killedBefore(nextStart())) {
            return Optional.empty();
        }
        if (memory().run() == 0) {
            received();
        }
        TaskContext prepared;
        try {
            prepared = prepared();
        } catch (IOException failed) { // has been told
            return Optional.of(failed(failed));
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

    /// Never later than its policy may have wanted: the clock may have been set back since.
    private Instant nextStart() {
        Instant latest = now().plus(rules().longest());
        Instant next = memory().nextStart().orElse(now());
        return next.isAfter(latest) ? latest : next;
    }

    /// A passing lack of something is not the task's fault.
    private Ending failed(IOException failure) {
        return Shortage.in(failure)
                ? new Ending.Lacking(text(failure))
                : new Ending.CouldNotStart(text(failure));
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
                case Start.Lacking(String because) -> {
                    note(m -> m.with(Events.driverFailure(now(), because)));
                    yield new Ending.Lacking(because);
                }
            };
        } catch (IOException e) {
            note(m -> m.with(Events.driverFailure(now(), text(e))));
            // It may have started all the same.
            Optional<Running> found = recovered();
            return found.isPresent() ? ended(found.get()) : failed(e);
        }
    }

    /// A word that no process can be given, as one with a NUL byte, is a mistake of the job.
    private Start asked(TaskRun run) throws IOException, InterruptedException {
        try {
            return tools.driver().start(run);
        } catch (IllegalArgumentException mistake) {
            return new Start.Refused(String.valueOf(mistake.getMessage()));
        } catch (RuntimeException bug) { // it may have started all the same
            LOG.error("task {} could not be started", run.id(), bug);
            throw new IOException(Words.MISTAKE, bug);
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
            List<Companion> beside =
                    tools.hooks().stream().flatMap(h -> h.companion(context).stream()).toList();
            companions =
                    new Companions(runId(memory.run()), tools.clock(), tools.chance(), subject())
                            .begin(beside, fresh);
        }
        return fresh;
    }

    private Companions.Subject subject() {
        return new Companions.Subject() {
            @Override
            public void end(Interruption.Kind kind, String because) {
                TaskRunner.this.end(kind, because);
            }

            @Override
            public void tell(Running run, TaskEvent event) {
                note(run, m -> m.with(event));
            }
        };
    }

    private Ending ended(Running run) throws InterruptedException {
        Exit seen = run.await();
        Exit exit;
        synchronized (this) {
            running = Optional.empty();
            companions.forEach(Thread::interrupt);
            exit = memory.told().orElseGet(() -> tell(run, seen));
        }
        for (TaskHook hook : tools.hooks().reversed()) {
            try {
                hook.undo(context);
            } catch (IOException | RuntimeException e) { // the other hooks have their turn
                LOG.warn("task {}: something of it is left", runId(memory().run()), e);
            }
        }
        return ending(exit);
    }

    /// Once: an earlier daemon that was killed before it decided about the end saw it itself.
    private Exit tell(Running run, Exit exit) {
        note(m -> m.exited(exit).with(Events.terminated(now(), exit)));
        run.remark().ifPresent(said -> note(m -> m.with(Events.driver(now(), said))));
        return exit;
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
        switch (TaskLifecycle.next(
                ending.get(), rules(), memory().restarts(), now(), tools.chance())) {
            case TaskStep.Restart(Duration delay, String because, Restarts counted) ->
                    note(m ->
                            m.with(Events.restarting(now(), because, delay))
                                    .restartingAt(now().plus(delay), counted));
            case TaskStep.Wait(Duration delay, String because, Restarts counted) ->
                    note(m ->
                            m.with(Events.waiting(now(), because, delay))
                                    .waitingUntil(now().plus(delay), counted));
            case TaskStep.Complete _ -> note(m -> m.dead(false, now()));
            case TaskStep.Fail(String because) ->
                    note(m -> m.with(Events.notRestarting(now(), because)).dead(true, now()));
        }
    }

    private RestartRules rules() {
        return RestartRules.of(
                context.subject().job().spec().type().orElse(JobType.SERVICE),
                context.subject().group(),
                task);
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
        String name = runId(memory().run());
        Stopping stopping =
                new Stopping(task, name, tools.clock(), event -> note(run, m -> m.with(event)));
        Thread.ofVirtual().name("kill-" + name).start(() -> stopping.of(run));
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
        } catch (IOException full) {
            // It goes on: what runs is found again by what its supervisor writes.
            LOG.error("task {}: its state cannot be written: {}", runId(memory.run()), text(full));
        } catch (RuntimeException bug) {
            LOG.error("task {}: its state cannot be written", runId(memory.run()), bug);
        }
    }

    private String text(IOException e) {
        return FullDisk.words(context.folders().home(), e);
    }
}
