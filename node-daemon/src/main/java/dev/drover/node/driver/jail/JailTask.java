package dev.drover.node.driver.jail;

import dev.drover.manifests.model.Exit;
import dev.drover.manifests.wire.TerminalSize;
import dev.drover.node.cgroup.LimitedGroup;
import dev.drover.node.driver.Execution;
import dev.drover.node.driver.Finished;
import dev.drover.node.driver.HostExecution;
import dev.drover.node.driver.Running;
import dev.drover.node.driver.SupervisedTask;
import dev.drover.node.driver.TaskRun;
import dev.drover.node.driver.Usage;
import dev.drover.node.jail.JailSpec;
import dev.drover.node.os.Polling;
import dev.drover.node.os.ProcessUsage;
import dev.drover.node.os.Signal;
import dev.drover.node.supervision.Supervised;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A run in a jail. What was said of the keeper is true of the program: its end, its signals.
final class JailTask implements Running {
    private static final Logger LOG = LoggerFactory.getLogger(JailTask.class);

    private static final String ERROR = "error ";
    private static final String DOUBT =
            "It may have been killed for its memory: its cgroup could not be read, ";

    /// Building a jail takes milliseconds, on a machine that swaps more.
    private static final Duration BUILT_MAX = Duration.ofSeconds(10);

    /// How long the kernel may take to bury the last process of a group.
    private static final Duration GONE_MAX = Duration.ofSeconds(2);

    private static final Duration LOOK_EVERY = Duration.ofMillis(1);

    private final TaskRun run;
    private final Supervised supervised;
    private final SupervisedTask task;
    private final Jails jails;
    private final Site site;
    private final Spec spec;

    /// Whether it ran out of memory could not be found out.
    private Optional<String> doubt = Optional.empty();

    /// The jail's spec, worked out when it is needed.
    @FunctionalInterface
    interface Spec {
        JailSpec read() throws IOException;
    }

    JailTask(TaskRun run, Supervised supervised, Jails jails, Spec spec) {
        this.run = run;
        this.supervised = supervised;
        this.task = new SupervisedTask(supervised, this::exec);
        this.jails = jails;
        this.site = jails.site(run);
        this.spec = spec;
    }

    /// Waits until the program runs; why it cannot, if it cannot. When the keeper was ended before
    /// it could say anything, its end is the answer.
    Optional<String> failure() throws IOException, InterruptedException {
        Optional<String> report =
                Polling.until(
                        BUILT_MAX,
                        LOOK_EVERY,
                        () -> ended() ? site.said().or(() -> Optional.of("")) : site.said());
        Optional<String> error = report.filter(r -> r.startsWith(ERROR));
        if (error.isPresent()) {
            await();
        }
        return error.map(text -> text.substring(ERROR.length()).strip());
    }

    private boolean ended() {
        try {
            return supervised.await(Duration.ZERO).isPresent();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public Exit await() throws InterruptedException {
        return after(task.await());
    }

    @Override
    public Optional<Exit> await(Duration max) throws InterruptedException {
        Optional<Exit> exit = task.await(max);
        return exit.isPresent() ? Optional.of(after(exit.get())) : exit;
    }

    /// Looks whether it was the kernel that killed for memory, and takes the group away. Nothing
    /// that fails in this changes how it has ended.
    private synchronized Exit after(Exit exit) throws InterruptedException {
        boolean killed = exit.equals(new Exit.Signal(Signal.SIGKILL.number()));
        MemoryVerdict verdict =
                killed
                        ? MemoryVerdict.of(site.group(), run.place().folder())
                        : new MemoryVerdict.Other();
        tidy();
        return switch (verdict) {
            case MemoryVerdict.Memory() -> new Exit.OutOfMemory();
            case MemoryVerdict.Other() -> exit;
            case MemoryVerdict.Unknown(String because) -> {
                doubt = Optional.of(DOUBT + because);
                yield exit;
            }
        };
    }

    @Override
    public synchronized Optional<String> remark() {
        return doubt;
    }

    private void tidy() throws InterruptedException {
        LimitedGroup group = site.group();
        try {
            jails.runtime().discard(site);
            jails.images().discard(run);
            jails.written().release(run);
            Polling.until(
                    GONE_MAX,
                    LOOK_EVERY,
                    () -> group.remove() ? Optional.of(true) : Optional.empty());
        } catch (IOException e) {
            LOG.warn("something of the jail of {} is left", run.id(), e);
        }
    }

    @Override
    public boolean signal(Signal signal) throws IOException {
        return task.signal(signal);
    }

    @Override
    public Exit stop(Signal first, Duration grace) throws IOException, InterruptedException {
        long start = System.nanoTime();
        if (task.await(Duration.ZERO).isEmpty()) {
            sayFarewell(grace);
        }
        Duration left = grace.minusNanos(System.nanoTime() - start);
        return after(task.stop(first, left.isNegative() ? Duration.ZERO : left));
    }

    /// Runs `exec_stop` inside; it has as long as the task has to end.
    private void sayFarewell(Duration grace) throws InterruptedException {
        try {
            Optional<String> line = spec.read().program().stop();
            if (line.isPresent()) {
                try (Execution farewell = exec(List.of("/bin/sh", "-c", line.get()))) {
                    Thread waiter = Thread.ofVirtual().start(() -> drain(farewell));
                    waiter.join(grace);
                }
            }
        } catch (IOException e) {
            // The jail has just ended, or cannot be entered any more. Its end must not wait for it.
        } catch (RuntimeException bug) { // nor for a mistake: the signal must still be sent
            LOG.error("exec_stop of {} could not be run", run.id(), bug);
        }
    }

    private static void drain(Execution execution) {
        try {
            Finished.of(execution, 0);
        } catch (IOException | InterruptedException closed) {
            Thread.currentThread().interrupt(); // its time was over; the thread ends here
        }
    }

    @Override
    public Optional<Usage> stats() throws IOException {
        TreeSet<Integer> pids = new TreeSet<>(supervised.processes());
        pids.addAll(site.group().processes());
        if (pids.isEmpty()) {
            return Optional.empty();
        }
        ProcessUsage sum = ProcessUsage.of(List.copyOf(pids));
        return Optional.of(new Usage(sum.cpu(), sum.residentBytes(), pids.size()));
    }

    @Override
    public Execution exec(List<String> command, Optional<TerminalSize> terminal)
            throws IOException {
        List<String> words =
                jails.runtime()
                        .enter(
                                spec.read(),
                                site,
                                jails.isolation().scoped(),
                                command,
                                terminal.isPresent());
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        return HostExecution.start(builder, terminal);
    }

    @Override
    public void leave() {
        task.leave();
    }
}
