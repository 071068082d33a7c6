package dev.drover.controller.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Value;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Somebody runs, updates and stops jobs, one wish after the other, while somebody else kills. A
/// wish is remembered as acknowledged, or as unknown when the connection broke.
final class KillStory {
    private static final String ROOT = "/apis/drover.dev/v1/namespaces/default";
    private static final int JOBS = 4;

    /// How long the cluster may take to come to rest once nobody kills any more.
    private static final Duration REST = Duration.ofSeconds(90);

    private final Cluster cluster;
    private final Path folder;
    private final Random chance;
    private final String mark;
    private final Map<String, Wish> wishes = new TreeMap<>();
    private final CountDownLatch done = new CountDownLatch(1);

    /// What is wanted of a job: the versions of its task that may be the stored one.
    ///
    /// @param possible the last acknowledged one first, then those that nobody knows of; -1 is
    ///   stopped
    private record Wish(List<Integer> possible) {
        Wish acknowledged(int version) {
            return new Wish(List.of(version));
        }

        Wish unknown(int version) {
            List<Integer> more = new ArrayList<>(possible);
            more.add(version);
            return new Wish(List.copyOf(more));
        }
    }

    private KillStory(Cluster cluster, Path folder, long seed) {
        this.cluster = cluster;
        this.folder = folder;
        chance = new Random(seed);
        mark = "kill-story-" + seed + "-" + ProcessHandle.current().pid();
    }

    /// Tells one: starts a cluster in `folder`, kills so often, checks everything.
    ///
    /// @param split whether server and node are two processes
    static void tell(Path folder, boolean split, int kills, long seed)
            throws IOException, InterruptedException {
        Cluster cluster = split ? Cluster.split(folder) : Cluster.agent(folder);
        try {
            new KillStory(cluster, folder, seed).tell(kills);
        } finally {
            cluster.end();
        }
    }

    /// A long one: `KILLS SEED agent|split`.
    public static void main(String[] args) throws IOException, InterruptedException {
        int kills = Integer.parseInt(args[0]);
        long seed = Long.parseLong(args[1]);
        Path folder = Files.createTempDirectory("kill-story");
        tell(folder, args[2].equals("split"), kills, seed);
        System.out.printf(
                "%d kills of %s, seed %d: nothing lost, nothing doubled, nothing left%n",
                kills, args[2], seed);
        remove(folder);
    }

    /// Only of a story that ended well: of another one it is what there is to look at.
    private static void remove(Path folder) throws IOException {
        List<Path> inside;
        try (var all = Files.walk(folder, new FileVisitOption[0])) {
            inside = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : inside) {
            Files.delete(path);
        }
    }

    private void tell(int kills) throws IOException, InterruptedException {
        cluster.start();
        write("PUT", "steady", counting("steady", 0));
        write("PUT", "exits", exiting());
        Patience.until("the steady job runs", REST, () -> tasks("steady-0").size() == 1);
        SortedSet<Long> steady = tasks("steady-0");
        Random mind = new Random(chance.nextLong());
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> script = executor.submit(() -> wishForThings(mind));
            for (int i = 0; i < kills; i++) {
                assertThat(done.await(50 + chance.nextInt(2_000), TimeUnit.MILLISECONDS)).isFalse();
                cluster.killSome(chance);
            }
            done.countDown();
            assertThat(script.get()).as("wishes that were sent").isPositive();
        } catch (ExecutionException e) {
            throw new IOException("the script failed", e.getCause());
        }

        Patience.until("the server is back", REST, () -> cluster.read("/readyz").isPresent());
        wishes.forEach(this::assertCameToRest);
        assertThat(tasks("steady-0")).as("the steady task's process").isEqualTo(steady);
        assertLogHasNoGap();
        assertTrueExit();
        assertNothingIsLeftAfterTheEnd();
    }

    /// Answers how many.
    private int wishForThings(Random mind) throws InterruptedException {
        int version = 0;
        while (!done.await(mind.nextInt(300), TimeUnit.MILLISECONDS)) {
            version++;
            String job = "job" + mind.nextInt(JOBS);
            if (mind.nextInt(4) == 0) {
                wish(job, -1, cluster.write("POST", ROOT + "/jobs/" + job + "/stop", "{}"));
            } else {
                String manifest = counting(job, version);
                wish(job, version, cluster.write("PUT", ROOT + "/jobs/" + job, manifest));
            }
        }
        return version;
    }

    private void wish(String job, int version, Optional<HttpResponse<String>> answer) {
        Wish before = wishes.getOrDefault(job, new Wish(List.of(-1)));
        if (answer.isEmpty() || answer.get().statusCode() == 503) {
            wishes.put(job, before.unknown(version));
        } else if (answer.get().statusCode() != 404) { // there is nothing to stop
            assertThat(answer.get().statusCode()).as(answer.get().body()).isIn(200, 201);
            wishes.put(job, before.acknowledged(version));
        }
    }

    /// Exactly one version of the job is stored and runs, once: the last acknowledged one, or one
    /// that nobody knew of.
    private void assertCameToRest(String job, Wish wish) {
        Patience.until(
                job + " is at rest at one of " + wish.possible(),
                REST,
                () -> {
                    int stored = storedVersion(job);
                    List<Integer> running = running(job, wish);
                    return wish.possible().contains(stored)
                            && running.equals(stored < 0 ? List.of() : List.of(stored));
                });
    }

    /// The versions of which a task runs, each as often as it does.
    private List<Integer> running(String job, Wish wish) {
        int newest = wish.possible().stream().mapToInt(v -> v).max().orElse(0);
        return IntStream.rangeClosed(1, newest)
                .boxed()
                .flatMap(v -> tasks(job + "-" + v).stream().map(_ -> v))
                .toList();
    }

    private int storedVersion(String job) throws InterruptedException {
        Optional<String> stored = cluster.read(ROOT + "/jobs/" + job);
        if (stored.isEmpty() || stored.get().contains("\"stop\":true")) {
            return -1;
        }
        Matcher version = Pattern.compile(mark + "-" + job + "-(\\d+)").matcher(stored.get());
        return version.find() ? Integer.parseInt(version.group(1)) : -1;
    }

    /// A counted output is the numbers from 0 on, each once, whatever was killed meanwhile.
    private void assertLogHasNoGap() throws InterruptedException {
        String path = ROOT + "/allocations/" + allocation("steady") + "/logs?task=main";
        Patience.until("its node is linked", REST, () -> cluster.read(path).isPresent());
        String log = cluster.read(path).orElse("").strip();
        List<String> lines = log.lines().toList();
        List<String> expected = IntStream.range(0, lines.size()).mapToObj(String::valueOf).toList();

        assertThat(lines).hasSizeGreaterThan(20).isEqualTo(expected);
    }

    private void assertTrueExit() throws InterruptedException {
        Patience.until(
                "the exit is reported",
                REST,
                () ->
                        cluster.read(ROOT + "/allocations?fieldSelector=spec.jobName=exits")
                                .orElse("")
                                .contains("\"exit\":{\"type\":\"code\",\"code\":7}"));
    }

    private void assertNothingIsLeftAfterTheEnd() throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        for (String job : List.of("steady", "exits", "job0", "job1", "job2", "job3")) {
            ids.addAll(allocations(job));
            cluster.write("DELETE", ROOT + "/jobs/" + job, "{}");
        }
        Patience.until("no process is left", REST, () -> Machine.withMark(mark) == 0);
        Patience.until(
                "nothing of the jobs is stored",
                REST,
                () -> {
                    cluster.write("POST", "/apis/drover.dev/v1/system/gc", "{}");
                    return !cluster.read("/apis/drover.dev/v1/allocations")
                            .orElse("")
                            .contains("spec");
                });
        for (String id : ids) {
            Patience.until(
                    "no file of allocation " + id,
                    REST,
                    () -> Machine.filesOf(folder.resolve("data/node"), id) == 0);
        }
    }

    private String allocation(String job) throws InterruptedException {
        return allocations(job).getFirst();
    }

    private List<String> allocations(String job) throws InterruptedException {
        String list =
                cluster.read(ROOT + "/allocations?fieldSelector=spec.jobName=" + job).orElse("");
        return Pattern.compile("\"kind\":\"Allocation\",\"metadata\":\\{\"name\":\"([^\"]+)\"")
                .matcher(list)
                .results()
                .map(r -> r.group(1))
                .toList();
    }

    private SortedSet<Long> tasks(String what) {
        return Machine.tasks(mark + "-" + what);
    }

    private void write(String method, String job, String json) throws InterruptedException {
        HttpResponse<String> answer =
                cluster.write(method, ROOT + "/jobs/" + job, json).orElseThrow();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private String counting(String job, int version) {
        return manifest(
                job,
                "service",
                "i=0; while :; do echo $i; i=$((i+1)); sleep 0.05; done",
                job + "-" + version);
    }

    private String exiting() {
        return manifest("exits", "batch", "sleep 1; exit 7", "exits-0");
    }

    private String manifest(String job, String type, String script, String what) {
        return """
        {"apiVersion": "drover.dev/v1", "kind": "Job", "metadata": {"name": "%s"},
         "spec": {"type": "%s", "groups": [{"name": "g",
           "restart": {"attempts": 0, "mode": "fail"}, "reschedule": {"attempts": 0, "unlimited": false},
           "tasks": [{"name": "main", "driver": "raw_exec", "resources": {"cpu": 20, "memoryMib": 10},
             "config": {"command": "/bin/sh", "args": ["-c", %s, "%s"]}}]}]}}
        """
                .formatted(job, type, RecordJson.value(new Value.Text(script)), mark + "-" + what);
    }
}
