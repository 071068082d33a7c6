package dev.drover.node.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.TaskState;
import dev.drover.manifests.wire.AllocationReport;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.manifests.wire.Assignment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Tasks come and go under a daemon of its own process, while the daemon, supervising processes,
/// loggers and tasks are killed: at random moments, and the daemon between any two of its steps.
/// Each allocation is looked at when it has ended, before it goes; at the end nothing may be left.
///
/// `ChurnStoryTest` tells a short one with every build; [#main] a long one, by its seed.
final class ChurnStory {
    private static final Duration SOON = Duration.ofSeconds(60);

    /// For the last tasks, some of which begin only now: a busy machine needs minutes.
    private static final Duration SETTLING = Duration.ofMinutes(5);

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration UNBOUNDED = Duration.ofDays(7);

    /// How long a daemon lives, once it has registered, that is killed at a random moment: long
    /// enough for its tasks to get on, or there would soon be none to kill.
    private static final int LIFE_MILLIS_MAX = 2_000;

    /// One that should end itself in a gap that nobody passes is killed then all the same.
    private static final int GAP_MILLIS_MAX = 3_000;

    /// Some are killed so early that they have not registered, unless the machine is quick.
    private static final int EARLY_MILLIS_MAX = 2_000;

    /// Until a daemon has registered, on a machine that is busy with other things too.
    private static final int START_MILLIS_MAX = 120_000;

    /// Rarely enough that most tasks come to their own end.
    private static final int KILL_ONE_LOOK_OF = 20;

    /// Rarely enough that most loggers are made by it: it comes back with the next daemon only.
    private static final int KILL_MAKER_ONE_LOOK_OF = 100;

    private static final int STOP_ONE_LOOK_OF = 100;

    private static final String MAKER = "maker of loggers";

    /// Gaps are passed by many allocations: not always by the first of them.
    private static final int PASSAGES_MAX = 4;

    private final Path folder;
    private final Path data;
    private final SplittableRandom chance;
    private final int tasks;
    private final int kills;
    private final boolean jails;
    private final SmallController controller = new SmallController();
    private final Map<String, ChurnTask> here = new LinkedHashMap<>();
    private final Map<String, Integer> killed = new TreeMap<>();
    private final List<String> wrongs = new ArrayList<>();
    private final Map<String, Integer> ends = new TreeMap<>();
    private Process daemon;
    private Optional<Long> dies = Optional.empty();
    private int life;
    private long late;
    private int registrations;
    private int number;

    private ChurnStory(Path folder, int tasks, int kills, long seed) throws IOException {
        this.folder = folder;
        this.tasks = tasks;
        this.kills = kills;
        data = folder.resolve("data");
        chance = new SplittableRandom(seed);
        jails = "root".equals(System.getProperty("user.name"));
        List.of("daemon", "daemon in a gap", MAKER).forEach(kind -> killed.put(kind, 0));
        for (ChurnTask.Victim victim : ChurnTask.Victim.values()) {
            killed.put(victim.name(), 0);
        }
        daemon = startDaemon();
    }

    /// Tells one in `folder`: so many tasks at a time, at least so many kills of each kind. Answers
    /// what was killed and how the tasks ended.
    static String tell(Path folder, int tasks, int kills, long seed) throws Exception {
        return tell(folder, tasks, kills, seed, UNBOUNDED);
    }

    private static String tell(Path folder, int tasks, int kills, long seed, Duration most)
            throws Exception {
        ChurnStory story = new ChurnStory(folder, tasks, kills, seed);
        try {
            story.churn(System.nanoTime() + most.toNanos());
            story.settle();
            story.leavesNothing();
        } finally {
            story.daemon.destroyForcibly().waitFor();
            NodeDaemon.start(DaemonProcess.config(story.controller.url(), story.data))
                    .removeAll(); // what a story that has failed leaves, and the groups' own folder
            story.controller.close();
        }
        return "killed " + story.killed + ", ended " + story.ends;
    }

    /// A long one: `TASKS KILLS SEED`; with `SECONDS` it churns for so long at most, however few
    /// were killed until then.
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("churn");
        System.out.println(folder);
        System.out.println(
                tell(
                        folder,
                        Integer.parseInt(arguments[0]),
                        Integer.parseInt(arguments[1]),
                        Long.parseLong(arguments[2]),
                        arguments.length > 3
                                ? Duration.ofSeconds(Long.parseLong(arguments[3]))
                                : UNBOUNDED));
    }

    private Process startDaemon() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(controller.url(), data.toString()));
        registrations = controller.registrations();
        dies = Optional.empty();
        late = in(START_MILLIS_MAX);
        if (kills("daemon") > kills("daemon in a gap")) {
            arguments.add(Integer.toString(chance.nextInt(1_000)));
            arguments.add(Integer.toString(1 + chance.nextInt(PASSAGES_MAX)));
            life = GAP_MILLIS_MAX;
        } else {
            life = chance.nextInt(LIFE_MILLIS_MAX);
            if (chance.nextInt(3) == 0) {
                dies = Optional.of(in(chance.nextInt(EARLY_MILLIS_MAX)));
            }
        }
        return DaemonProcess.start(folder.resolve("daemon.log"), arguments.toArray(String[]::new));
    }

    private int kills(String kind) {
        return killed.getOrDefault(kind, 0);
    }

    private static long in(int millis) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private void churn(long end) throws Exception {
        while (killed.values().stream().anyMatch(n -> n < kills) && System.nanoTime() < end) {
            fill();
            look();
            killSome();
            killMaker();
            stopSome();
            keepDaemon();
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            assertThat(wrongs).as("after %s were killed and %s ended", killed, ends).isEmpty();
            assertThat(controller.violations()).isEmpty();
        }
    }

    private void fill() throws IOException {
        boolean fresh = false;
        while (here.size() < tasks) {
            String id = "churn-" + number++;
            here.put(
                    id,
                    new ChurnTask(
                            id,
                            data,
                            jails && chance.nextInt(3) == 0 ? "exec" : "raw_exec",
                            chance.nextInt(4),
                            5 + chance.nextInt(240),
                            chance.nextInt(3),
                            chance.nextInt(4) == 0));
            fresh = true;
        }
        if (fresh) {
            want();
        }
    }

    private void want() throws IOException {
        List<AssignedJob> jobs = here.values().stream().map(task -> task.job).toList();
        List<Assignment> assignments = new ArrayList<>();
        for (ChurnTask task : here.values()) {
            assignments.add(
                    Jobs.assignment(
                            task.id,
                            task.job,
                            task.stopped() ? DesiredState.STOP : DesiredState.RUN));
        }
        controller.want(Jobs.whole(jobs, assignments));
    }

    /// Looks at what has ended, and lets it go.
    private void look() throws IOException {
        for (ChurnTask task : List.copyOf(here.values())) {
            Optional<AllocationReport> heard =
                    controller.heard(task.id).filter(r -> r.status().phase().terminal());
            if (heard.isPresent()) {
                judge(task, heard.get());
                here.remove(task.id);
            }
        }
    }

    private void judge(ChurnTask task, AllocationReport heard) throws IOException {
        Optional<TaskState> state = Optional.ofNullable(heard.status().tasks().get("t"));
        if (state.isEmpty()) { // it was stopped before the node had heard of it
            if (!task.stopped() || task.ran()) {
                wrongs.add("nothing is told of it: " + heard);
            }
            ends.merge("not there", 1, Integer::sum);
            return;
        }
        task.wrongs(state.get()).forEach(wrong -> wrongs.add(wrong + " " + state.get()));
        String end =
                state.get().exit().map(e -> e.getClass().getSimpleName()).orElse("not started");
        ends.merge(end, 1, Integer::sum);
    }

    /// One process of one task, of the kind that was killed least so far; of whichever task has one
    /// to kill, the ones that are just starting first now and then.
    private void killSome() throws IOException {
        if (chance.nextInt(KILL_ONE_LOOK_OF) != 0) {
            return;
        }
        ChurnTask.Victim victim =
                Stream.of(ChurnTask.Victim.values())
                        .min(Comparator.comparingInt(v -> kills(v.name())))
                        .orElseThrow();
        List<ChurnTask> all = new ArrayList<>(here.values());
        Collections.shuffle(all, Random.from(chance));
        if (victim == ChurnTask.Victim.SHIM && chance.nextBoolean()) {
            all.sort(Comparator.comparing(task -> !task.starting()));
        }
        for (ChurnTask task : all) {
            if (task.kill(victim)) {
                killed.merge(victim.name(), 1, Integer::sum);
                return;
            }
        }
    }

    private void killMaker() throws IOException {
        if (chance.nextInt(KILL_MAKER_ONE_LOOK_OF) != 0) {
            return;
        }
        for (int maker : Remains.running("perl " + data.resolve("bin/logger.pl") + " ")) {
            ProcessHandle.of(maker).ifPresent(ProcessHandle::destroyForcibly);
            killed.merge(MAKER, 1, Integer::sum);
        }
        for (ChurnTask task : here.values()) {
            task.loseAskedLogger();
        }
    }

    /// As people and deployments do.
    private void stopSome() throws IOException {
        if (chance.nextInt(STOP_ONE_LOOK_OF) == 0 && !here.isEmpty()) {
            List<ChurnTask> all = List.copyOf(here.values());
            all.get(chance.nextInt(all.size())).stop();
            want();
        }
    }

    private void keepDaemon() throws Exception {
        if (dies.isEmpty() && controller.registrations() > registrations) {
            dies = Optional.of(in(life));
        }
        if (dies.isEmpty() && System.nanoTime() > late) {
            throw new AssertionError("a daemon does not register; its threads are\n" + threads());
        }
        boolean ours = dies.filter(moment -> System.nanoTime() > moment).isPresent();
        if (ours) {
            daemon.destroyForcibly().waitFor();
        }
        if (!daemon.isAlive()) {
            assertThat(daemon.exitValue())
                    .as("nobody else ends it; see daemon.log")
                    .isIn(HaltingTools.KILLED);
            killed.merge(ours ? "daemon" : "daemon in a gap", 1, Integer::sum);
            daemon = startDaemon();
        }
    }

    /// What all threads of the daemon do, virtual ones too.
    private String threads() throws Exception {
        Path dump = folder.resolve("daemon.threads");
        new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(daemon.pid()),
                        "Thread.dump_to_file",
                        dump.toString())
                .inheritIO()
                .start()
                .waitFor();
        return Files.readString(dump);
    }

    /// Lets all of them end, under a daemon that nobody kills.
    private void settle() throws Exception {
        daemon.destroyForcibly().waitFor();
        daemon =
                DaemonProcess.start(
                        folder.resolve("daemon.log"), controller.url(), data.toString());
        await().atMost(SETTLING)
                .pollInterval(LOOK_EVERY)
                .untilAsserted(() -> {
                    look();
                    assertThat(here.keySet().stream().map(controller::heard)).isEmpty();
                });
        assertThat(wrongs).isEmpty();
        assertThat(controller.violations()).isEmpty();
    }

    private void leavesNothing() throws Exception {
        controller.want(Jobs.whole(List.of(), List.of()));
        for (String kind : List.of("alloc", "runs", "state")) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(data.resolve(kind)).isEmptyDirectory());
        }
        daemon.destroyForcibly().waitFor();
        Remains.assertNoProcesses(folder);
        assertThat(Remains.mounts(folder.toString())).isEmpty();
        assertThat(Remains.groups(Identity.open(data.resolve("node")).uid())).isEmpty();
    }
}
