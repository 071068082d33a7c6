package dev.drover.node.supervision;

import dev.drover.node.cgroup.Cgroup;
import dev.drover.node.os.Exits;
import dev.drover.node.os.FullDisk;
import dev.drover.node.os.Polling;
import dev.drover.node.os.ProcessIdentity;
import dev.drover.node.os.Relay;
import dev.drover.node.os.Spawn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Starts tasks under their supervising processes and finds them again.
///
/// A run is claimed by whoever first creates its file `shim`: the supervising process, or a daemon
/// that gives the run up. So a daemon that is killed right after it asked for a run can never cause
/// a second copy of it.
///
/// Supervising processes ask one of ours for their loggers, which has read the loggers' script
/// already. It ends with the daemon or its [#close()], loggers and tasks go on.
public final class Supervisor implements AutoCloseable {
    private static final String SUPERVISE = "supervise.sh";
    private static final String LOGGER = "logger.pl";
    private static final List<String> PATH = List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin");
    private static final Map<String, String> ENVIRONMENT = Map.of("PATH", String.join(":", PATH));

    /// What the scripts call, and the package of Debian that has it.
    private static final Map<String, String> PROGRAMS =
            Map.of(
                    "perl", "perl-base",
                    "env", "coreutils",
                    "setpriv", "util-linux");

    /// What stands before a command.
    private static final Set<String> BEFORE = Set.of("setpriv", "taskset");

    /// How long a supervising process may take to say what it started, on a machine that swaps.
    private static final Duration START_MAX = Duration.ofSeconds(10);

    private static final Duration LOOK_EVERY = Duration.ofMillis(1);

    private final Path scripts;
    private final Exits exits;
    private final Relay loggers;

    private Supervisor(Path scripts, Exits exits) throws IOException {
        this.scripts = scripts;
        this.exits = exits;
        loggers = Relay.open(logger(), ENVIRONMENT);
        exits.watch(loggers.reader()); // who waits for its end takes its zombie away
    }

    /// Puts the scripts into `scripts`, a folder of our own.
    public static Supervisor open(Path scripts, Exits exits) throws IOException {
        Files.createDirectories(scripts);
        for (String name : List.of(SUPERVISE, LOGGER)) {
            install(name, scripts.resolve(name));
        }
        return new Supervisor(scripts.toAbsolutePath(), exits);
    }

    /// A running shell reads its script bit by bit: another version must be another file.
    private static void install(String name, Path to) throws IOException {
        try (InputStream in = Supervisor.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing in the program");
            }
            byte[] script = in.readAllBytes();
            if (!Files.exists(to) || !Arrays.equals(script, Files.readAllBytes(to))) {
                Path fresh = to.resolveSibling(name + ".new");
                Files.write(fresh, script);
                Files.move(fresh, to, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    /// What this machine lacks for supervising tasks, in words; empty when nothing is missing.
    public Optional<String> missing() {
        return missing(Path.of("/"));
    }

    /// The same of another root.
    static Optional<String> missing(Path root) {
        List<String> missing =
                PROGRAMS.entrySet().stream()
                        .filter(program -> found(root, program.getKey()).isEmpty())
                        .map(program -> program.getKey() + " (Debian: " + program.getValue() + ")")
                        .sorted()
                        .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "tasks cannot be supervised or logged without "
                                + String.join(", ", missing));
    }

    private static Optional<Path> found(Path root, String program) {
        return PATH.stream()
                .map(folder -> root.resolve(folder.substring(1)).resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Words before a command that change how it runs, with our programs by their absolute paths:
    /// for who starts them with a task's variables, whose `PATH` is not ours to trust.
    public static List<String> absolute(List<String> words) {
        return words.stream()
                .map(word ->
                        BEFORE.contains(word)
                                ? found(Path.of("/"), word).map(Path::toString).orElse(word)
                                : word)
                .toList();
    }

    /// Starts a run that has never been started or abandoned. Returns when the task's process is
    /// known.
    public Supervised start(RunPlace place, Launch launch)
            throws IOException, InterruptedException {
        Files.createDirectories(place.logs().folder());
        RunFolder folder = new RunFolder(place.folder());
        folder.create(launch);
        if (place.cgroup().isPresent()) {
            place.cgroup().get().create(); // last: of a mistake in the job nobody would remove it
        }
        ProcessIdentity shim = loggers.writer(command(place, launch), ENVIRONMENT);
        CountDownLatch end = exits.watch(shim);
        Optional<ProcessIdentity> task = task(folder, end);
        if (task.isEmpty()) {
            boolean nameless = end.getCount() == 0 && folder.takeBack();
            throw new IOException(
                    nameless
                            ? "who supervises the task cannot be written down: the file system of "
                                    + FullDisk.room(place.folder())
                            : "the supervising process ended before it could start the task in "
                                    + place.folder());
        }
        return new Supervised(this, place, Optional.of(shim), task);
    }

    /// Takes over a run that an earlier daemon may have started. Never starts anything.
    public Adoption adopt(RunPlace place) throws IOException, InterruptedException {
        RunFolder folder = new RunFolder(place.folder());
        if (folder.abandon()) {
            folder.tidy();
            if (place.cgroup().isPresent()) {
                clear(place.cgroup().get());
            }
            return new Adoption.NeverStarted();
        }
        // It writes its name right after its claim, unless it was killed in between.
        Optional<ProcessIdentity> shim = Polling.until(START_MAX, LOOK_EVERY, folder::shim);
        Optional<ProcessIdentity> task =
                shim.isPresent() ? task(folder, exits.watch(shim.get())) : last(folder);
        return new Adoption.Adopted(new Supervised(this, place, shim, task));
    }

    /// Who is in the group of a run that nobody has claimed belongs to one whose files were
    /// removed, or lost with the power: nobody can watch it any more, and another run begins.
    private static void clear(Cgroup group) throws IOException, InterruptedException {
        Polling.until(
                START_MAX,
                LOOK_EVERY,
                () -> {
                    if (group.processes().isEmpty()) {
                        return Optional.of(group.remove());
                    }
                    group.kill();
                    return Optional.empty();
                });
    }

    /// The task's process, as soon as it has written its name. Empty when its supervisor has ended
    /// without one.
    private static Optional<ProcessIdentity> task(RunFolder folder, CountDownLatch shimEnd)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_MAX.toNanos();
        while (System.nanoTime() < deadline) {
            // In this order: whoever has ended has written before.
            boolean ended = shimEnd.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            Optional<ProcessIdentity> task = folder.task();
            if (task.isPresent()) {
                return task;
            }
            if (ended) {
                boolean waited = folder.shim().isEmpty() || folder.exit().isPresent();
                return waited ? folder.task() : last(folder);
            }
        }
        return Optional.empty();
    }

    /// The task's process when nobody is left to start it but a child that a killed supervisor may
    /// have left on the way: it has been in time to take its name, or never begins.
    private static Optional<ProcessIdentity> last(RunFolder folder)
            throws IOException, InterruptedException {
        return folder.abandonTask()
                ? Optional.empty()
                : Polling.until(START_MAX, LOOK_EVERY, folder::task);
    }

    /// The number of the first log file of a run, by the run's folder; empty when it wrote nothing.
    public static Optional<Integer> firstLog(Path run, Stream stream) throws IOException {
        return new RunFolder(run).firstLog(stream);
    }

    /// Where the times of a log file are, if it is one of that run.
    public static Path logTimes(Path run, Stream stream, int number) {
        return run.resolve("%s.%06d.times".formatted(stream.label(), number));
    }

    /// Where the times of a log file are, by the folder of all runs: no two runs share a file.
    /// Empty when none were kept of it.
    public static Optional<Path> logTimesIn(Path runs, Stream stream, int number)
            throws IOException {
        try (var all = Files.list(runs)) {
            return all.map(run -> logTimes(run, stream, number)).filter(Files::exists).findFirst();
        } catch (NoSuchFileException neverRun) {
            return Optional.empty();
        }
    }

    /// Whether the last byte that a run will ever write is in its log files.
    public static boolean drained(Path run) {
        return new RunFolder(run).drained();
    }

    Exits exits() {
        return exits;
    }

    /// Starts a logger in the place of one that was killed.
    ProcessIdentity startLogger(RunPlace place) throws IOException {
        List<String> command = new ArrayList<>(logger());
        command.addAll(words(place));
        return Spawn.detached(command, ENVIRONMENT);
    }

    private List<String> logger() {
        return List.of("/usr/bin/env", "perl", scripts.resolve(LOGGER).toString());
    }

    /// What a logger needs to know.
    private static List<String> words(RunPlace place) {
        LogPlace logs = place.logs();
        return List.of(
                place.folder().toString(),
                logs.folder().toString(),
                logs.task(),
                Long.toString(logs.bytesMax()),
                Integer.toString(logs.filesMax()));
    }

    private List<String> command(RunPlace place, Launch launch) {
        List<String> command = new ArrayList<>();
        command.add("/bin/sh");
        command.add(scripts.resolve(SUPERVISE).toString());
        command.addAll(words(place));
        command.add(place.cgroup().map(c -> c.path().toString()).orElse("-"));
        command.addAll(launch.words());
        return command;
    }

    /// Lets the one that makes loggers end.
    @Override
    public void close() {
        loggers.close();
    }
}
