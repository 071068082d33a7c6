package dev.drover.node.main;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.TaskState;
import dev.drover.manifests.model.Value;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.node.os.PidFd;
import dev.drover.node.os.ProcessIdentity;
import dev.drover.node.os.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// One allocation of a [ChurnStory]: what it does, what was killed of it, and what must be true of
/// it at its end.
///
/// Its task `t` says on both outputs how far it is, `RUN LINE`, and writes the same to a file that
/// passes no pipe; it holds a lock while it runs, so a second copy gives itself away. Some have a
/// task before it and one after its end, which nobody kills and which take their turns once.
final class ChurnTask {
    /// What is killed beside the daemon.
    enum Victim {
        SHIM("shim"),
        LOGGER("logger"),
        TASK("task");

        /// The file in a run's folder that names its process.
        private final String file;

        Victim(String file) {
            this.file = file;
        }
    }

    final String id;
    final AssignedJob job;
    private final Path data;
    private final int code;
    private final int lines;
    private final boolean turns;
    private boolean stopped;
    private final Set<Victim> killed = EnumSet.noneOf(Victim.class);

    /// @param data the daemon's folder
    /// @param lines it says, twenty and then a pause
    /// @param restarts how often it may run again after a failure
    /// @param turns whether it has others before and after it
    ChurnTask(String id, Path data, String driver, int code, int lines, int restarts, boolean turns)
            throws IOException {
        this.id = id;
        this.data = data;
        this.code = code;
        this.lines = lines;
        this.turns = turns;
        String script = script();
        String json =
                """
                {"type":"batch","groups":[{"name":"g",
                 "restart":{"attempts":%d,"interval":"1h","delay":"50ms","mode":"fail"},
                 "tasks":[{"name":"t","driver":"%s","killTimeout":"1s",
                  "resources":{"cpu":20,"memoryMib":64},
                  "templates":[{"destination":"local/rendered","data":"%s\\n"}],
                  "config":{"command":"/bin/sh","args":["-c",%s]}}%s]}]}
                """
                        .formatted(
                                restarts,
                                driver,
                                id,
                                RecordJson.value(new Value.Text(script)),
                                turns ? turn("prestart", driver) + turn("poststop", driver) : "");
        job = new AssignedJob(id, 1, id, "default", RecordJson.read(JobSpec.class, json));
    }

    private static String turn(String hook, String driver) {
        String script =
                """
                d=$NOMAD_ALLOC_DIR/data
                exec 9>>$d/lock
                flock -n 9 || echo double >>$d/double
                echo %s >>$d/turns
                """
                        .formatted(hook);
        return """
        ,{"name":"%s","driver":"%s","lifecycle":{"hook":"%s"},
          "config":{"command":"/bin/sh","args":["-c",%s]}}
        """
                .formatted(hook, driver, hook, RecordJson.value(new Value.Text(script)));
    }

    private String script() {
        return """
        : %s
        d=$NOMAD_ALLOC_DIR/data
        exec 9>>$d/lock
        flock -n 9 || echo double >>$d/double
        echo ran >>$d/ran
        r=$(wc -l <$d/ran)
        grep -q %s $NOMAD_TASK_DIR/rendered || echo unrendered >>$d/double
        i=0
        while [ $i -lt %d ]; do
          echo "$r $i"; echo "$r $i" >&2; echo "$r $i" >>$d/truth
          i=$((i+1)); [ $((i %% 20)) -gt 0 ] || sleep 0.4
        done
        echo $r >>$d/finished
        exit %d
        """
                .formatted(data, id, lines, code);
    }

    /// The server wants it to end from now on.
    void stop() {
        stopped = true;
    }

    boolean stopped() {
        return stopped;
    }

    /// Whether it has ever begun.
    boolean ran() {
        return Files.exists(own().resolve("ran"));
    }

    private Path own() {
        return data.resolve("alloc").resolve(id).resolve("alloc/data");
    }

    /// Kills one process of its latest run with signal 9; false when it is not there.
    boolean kill(Victim victim) throws IOException {
        Optional<Path> run = latestRun();
        if (run.isEmpty() || Files.exists(run.get().resolve("exit")) || wouldBreakPipes(victim)) {
            return false;
        }
        Optional<ProcessIdentity> process =
                text(run.get().resolve(victim.file)).flatMap(ProcessIdentity::parse);
        if (process.isEmpty() || !process.get().alive()) {
            return false;
        }
        killed.add(victim); // before: its end may be told at once
        Optional<PidFd> fd = PidFd.open(process.get());
        if (fd.isPresent()) {
            try (PidFd open = fd.get()) {
                return open.signal(Signal.SIGKILL);
            }
        }
        return false;
    }

    /// Nobody may be left who makes the logger that its latest run has asked for: as if that were
    /// killed.
    void loseAskedLogger() throws IOException {
        Optional<Path> run = latestRun();
        if (run.isPresent() && !Files.exists(run.get().resolve(Victim.LOGGER.file))) {
            killed.add(Victim.LOGGER);
        }
    }

    /// While there is no daemon, supervisor and logger are the only ones who have the task's pipes
    /// open: with both of them goes what is in the pipes.
    private boolean wouldBreakPipes(Victim victim) {
        return switch (victim) {
            case SHIM -> killed.contains(Victim.LOGGER);
            case LOGGER -> killed.contains(Victim.SHIM);
            case TASK -> false;
        };
    }

    /// Whether a supervisor has claimed its run and the task is not there yet.
    boolean starting() {
        try {
            Optional<Path> run = latestRun();
            return run.isPresent()
                    && Files.exists(run.get().resolve("shim"))
                    && text(run.get().resolve("task")).isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Path> latestRun() throws IOException {
        Path runs = data.resolve("runs").resolve(id).resolve("t");
        try (Stream<Path> all = Files.list(runs)) {
            return all.max(
                    Comparator.comparingInt(p -> Integer.parseInt(p.getFileName().toString())));
        } catch (NoSuchFileException notYet) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file)).filter(text -> text.endsWith("\n"));
        } catch (NoSuchFileException notYet) {
            return Optional.empty();
        }
    }

    /// What is wrong with it now that it has ended so; nothing, if all is well.
    List<String> wrongs(TaskState state) throws IOException {
        List<String> wrongs = new ArrayList<>();
        Path own = own();
        if (Files.exists(own.resolve("double"))) {
            wrongs.add("ran beside itself, or without its template");
        }
        int runs = read(own.resolve("ran")).size();
        boolean finished = read(own.resolve("finished")).contains(Integer.toString(runs));
        if (!plausible(state, finished, runs > 0)) {
            wrongs.add("ended as " + state.exit() + ", finished " + finished + ", runs " + runs);
        }
        SortedMap<Integer, Integer> truth = counts(read(own.resolve("truth")), wrongs);
        for (String stream : List.of("stdout", "stderr")) {
            SortedMap<Integer, Integer> logged = counts(log(stream), wrongs);
            truth.forEach((run, count) -> {
                int more = logged.getOrDefault(run, 0) - count;
                if (more < 0 || more > 1) {
                    wrongs.add(stream + " of run " + run + ": " + more + " more than " + count);
                }
            });
        }
        List<String> took = read(own.resolve("turns"));
        boolean both = took.equals(List.of("prestart", "poststop"));
        boolean before = stopped && runs == 0 && !took.contains("prestart"); // it had no turn yet
        if (turns && !both && !before) {
            wrongs.add("its turns were " + took);
        }
        int last = truth.isEmpty() ? 0 : truth.sequencedValues().getLast();
        if (finished && last != lines) {
            wrongs.add("finished after " + last + " of " + lines + " lines");
        }
        return wrongs.stream().map(w -> id + " (killed " + killed + "): " + w).toList();
    }

    /// A code is right or honestly unknown, and unknown only when its supervisor was killed.
    private boolean plausible(TaskState state, boolean finished, boolean ran) {
        if (state.exit().isEmpty()) {
            return (stopped || killed.contains(Victim.SHIM)) && !ran; // it was not started
        }
        return switch (state.exit().get()) {
            case Exit.Code(int told) when finished && told == code -> true;
            case Exit.Code(int told) -> stopped && told == 128 + Signal.SIGINT.number();
            case Exit.Signal(int signal) when signal == Signal.SIGINT.number() -> stopped;
            case Exit.Signal(int signal) ->
                    signal == Signal.SIGKILL.number() && (stopped || killed.contains(Victim.TASK));
            case Exit.Unseen _ -> killed.contains(Victim.SHIM);
            case Exit.OutOfMemory _ -> false;
        };
    }

    /// Lines of each run; every run's must count from 0 on without a gap.
    private static SortedMap<Integer, Integer> counts(List<String> lines, List<String> wrongs) {
        SortedMap<Integer, Integer> counts = new TreeMap<>();
        for (String line : lines) {
            if (!line.matches("[0-9]+ [0-9]+")) {
                wrongs.add("line \"" + line + "\", which its task does not write");
                continue;
            }
            String[] words = line.split(" ", -1);
            int run = Integer.parseInt(words[0]);
            int expected = counts.getOrDefault(run, 0);
            if (!words[1].equals(Integer.toString(expected))) {
                wrongs.add("line \"" + line + "\" where \"" + run + " " + expected + "\" comes");
            }
            counts.put(run, expected + 1);
        }
        return counts;
    }

    private List<String> log(String stream) throws IOException {
        Path logs = data.resolve("alloc").resolve(id).resolve("alloc/logs");
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(logs)) {
            for (Path file :
                    files.filter(f -> f.toString().contains("." + stream + "."))
                            .sorted()
                            .toList()) {
                lines.addAll(read(file));
            }
        }
        return lines;
    }

    private static List<String> read(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
