package dev.drover.node.supervision;

import dev.drover.manifests.model.Exit;
import dev.drover.node.os.Descriptors;
import dev.drover.node.os.PidFd;
import dev.drover.node.os.Polling;
import dev.drover.node.os.ProcessIdentity;
import dev.drover.node.os.Session;
import dev.drover.node.os.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run of a task, seen from a daemon that started or adopted it.
///
/// A virtual thread waits for its end: the supervising process has then written the exit code. If
/// that process was killed instead, the task lives on, and its own end is waited for; the kernel
/// tells its code to whoever holds a pidfd since before. Only when neither is there is the exit
/// unseen. Whatever the task has left running is killed then, and its last output written.
public final class Supervised {
    private static final Logger LOG = LoggerFactory.getLogger(Supervised.class);

    /// The kernel tells a code once the parent has taken the zombie; the pid 1 of some machines
    /// takes seconds for that.
    private static final Duration REAPED_MAX = Duration.ofSeconds(10);

    /// How long what was killed may take to be gone.
    private static final Duration KILLED_MAX = Duration.ofSeconds(10);

    /// How long our own processes take for what they do after the end, and mostly far less.
    private static final Duration TOLD_MAX = Duration.ofSeconds(1);

    /// How long the loggers may take to write what is in their pipes when nobody fills them.
    private static final Duration DRAINED_MAX = Duration.ofSeconds(5);

    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private final Supervisor supervisor;
    private final RunPlace place;
    private final RunFolder folder;
    private final Optional<ProcessIdentity> shim;
    private final Optional<ProcessIdentity> task;
    private final Optional<PidFd> taskFd;
    private final Output output;
    private final List<Thread> threads;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Exit exit = new Exit.Unseen("it has not ended");

    Supervised(
            Supervisor supervisor,
            RunPlace place,
            Optional<ProcessIdentity> shim,
            Optional<ProcessIdentity> task)
            throws IOException {
        this.supervisor = supervisor;
        this.place = place;
        this.folder = new RunFolder(place.folder());
        this.shim = shim;
        this.task = task;
        taskFd = task.isPresent() ? PidFd.open(task.get()) : Optional.empty();
        output = new Output(supervisor, place);
        String name = "run-" + place.folder().getFileName() + "-";
        threads =
                Stream.<Runnable>of(() -> output.keep(shim, task), this::watch)
                        .map(r -> Thread.ofVirtual().name(name).start(r))
                        .toList();
    }

    private void watch() {
        try {
            exit = seen();
            tidyUp();
        } catch (InterruptedException leaving) {
            Thread.currentThread().interrupt();
            return;
        }
        taskFd.ifPresent(PidFd::close);
        over.countDown();
    }

    private Exit seen() throws InterruptedException {
        try {
            return Descriptors.await(this::end);
        } catch (IOException broken) {
            return new Exit.Unseen("its run could not be read: " + broken.getMessage());
        } catch (RuntimeException bug) { // whoever waits for the end waits for no other thread
            LOG.error("the end of {} was not seen", place.folder(), bug);
            return new Exit.Unseen("a mistake of the node: its log says more");
        }
    }

    /// Nothing that fails in this changes how it has ended.
    private void tidyUp() throws InterruptedException {
        try {
            if (!folder.tidied()) {
                Descriptors.await(() -> {
                    killRest();
                    return true;
                });
                awaitOutput();
                folder.tidy();
            }
        } catch (IOException left) {
            // The next daemon tries again, or whoever removes the allocation.
        } catch (RuntimeException bug) { // the end itself is known, and must be told
            LOG.error("something of {} is left", place.folder(), bug);
        }
    }

    private Exit end() throws IOException, InterruptedException {
        if (shim.isPresent()) {
            awaitEnd(shim.get());
        }
        Optional<Exit> written = folder.exit();
        if (written.isPresent()) {
            return exact(written.get());
        }
        if (task.isPresent()) {
            supervisor.exits().watch(task.get()).await();
        }
        Optional<Exit> told =
                taskFd.isPresent()
                        ? Polling.until(REAPED_MAX, LOOK_EVERY, taskFd.get()::exit)
                        : Optional.empty();
        return told.orElse(new Exit.Unseen(unseenBecause()));
    }

    /// Who supervises ends right after its task, or on a full disk once there is room. When it does
    /// not, somebody may have stopped it, and nobody else would wake it.
    private void awaitEnd(ProcessIdentity supervising) throws IOException, InterruptedException {
        CountDownLatch end = supervisor.exits().watch(supervising);
        if (task.isPresent()) {
            supervisor.exits().watch(task.get()).await();
            while (!end.await(TOLD_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                signal(supervising, Signal.SIGCONT);
            }
        }
        end.await();
    }

    /// A shell says 128 + n both for signal n and for such a code; the kernel knows.
    private Exit exact(Exit written) {
        return written instanceof Exit.Signal
                ? taskFd.flatMap(PidFd::exit).orElse(written)
                : written;
    }

    private String unseenBecause() throws IOException {
        if (folder.claimedByNobody()) {
            return "who supervised it was not written down: the disk was full, or the machine"
                    + " restarted";
        }
        boolean thisBoot =
                shim.isPresent() && shim.get().bootId().equals(ProcessIdentity.currentBoot());
        return thisBoot
                ? "its supervising process was killed, and nobody else saw it end"
                : "the machine restarted while it ran";
    }

    /// Ends whatever is left of the run, and waits until it is gone.
    private void killRest() throws IOException, InterruptedException {
        Polling.until(
                KILLED_MAX,
                LOOK_EVERY,
                () -> killOnce() || !groupRemoved() ? Optional.empty() : Optional.of(true));
    }

    /// It cannot be while somebody joins or leaves it.
    private boolean groupRemoved() {
        return place.cgroup().isEmpty() || place.cgroup().get().remove();
    }

    /// Who writes the logs may have been stopped, too.
    private void awaitOutput() throws IOException, InterruptedException {
        if (!output.drained(TOLD_MAX)) {
            Optional<ProcessIdentity> logger = folder.logger();
            if (logger.isPresent()) {
                signal(logger.get(), Signal.SIGCONT);
            }
            output.drained(DRAINED_MAX);
        }
    }

    /// Kills what is there now; whether there was something.
    private boolean killOnce() throws IOException {
        if (place.cgroup().isPresent()) {
            boolean any = !place.cgroup().get().processes().isEmpty();
            place.cgroup().get().kill();
            return any;
        }
        boolean any = false;
        for (int pid : processes()) {
            Optional<ProcessIdentity> member = ProcessIdentity.of(pid);
            if (member.isPresent() && member.get().alive()) {
                any |= signal(member.get(), Signal.SIGKILL);
            }
        }
        return any;
    }

    private static boolean signal(ProcessIdentity process, Signal signal) throws IOException {
        Optional<PidFd> fd = PidFd.open(process);
        if (fd.isEmpty()) {
            return false;
        }
        try (PidFd open = fd.get()) {
            return open.signal(signal);
        }
    }

    /// Waits for its end.
    public Exit await() throws InterruptedException {
        over.await();
        return exit;
    }

    /// How it ended, if it does so within the time.
    public Optional<Exit> await(Duration max) throws InterruptedException {
        return over.await(max.toNanos(), TimeUnit.NANOSECONDS)
                ? Optional.of(exit)
                : Optional.empty();
    }

    /// Signals the task's own process, as a person would; false when it is gone.
    public boolean signal(Signal signal) throws IOException {
        return over.getCount() > 0 && taskFd.isPresent() && taskFd.get().signal(signal);
    }

    /// Kills all of it. The supervising process sees the end and writes it down.
    public void kill() throws IOException {
        signal(Signal.SIGKILL);
        if (over.getCount() > 0) {
            killOnce();
        }
    }

    /// The task's process.
    public Optional<ProcessIdentity> task() {
        return task;
    }

    /// The pids of all of it.
    public List<Integer> processes() throws IOException {
        if (place.cgroup().isPresent()) {
            return place.cgroup().get().processes();
        }
        return shim.isPresent() ? Session.members(shim.get()) : List.of();
    }

    /// The time of all it ever started on all cores; empty where only its processes can be asked.
    public Optional<Duration> cpu() throws IOException {
        return place.cgroup().isPresent() ? place.cgroup().get().cpu() : Optional.empty();
    }

    /// Stops watching. The run goes on, and another daemon can adopt it.
    public void leave() {
        threads.forEach(Thread::interrupt);
    }
}
