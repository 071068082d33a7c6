package dev.drover.controller.bench;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Seen;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Watch;
import dev.drover.controller.client.Where;
import dev.drover.manifests.Manifest;
import dev.drover.manifests.Manifests;
import dev.drover.manifests.Read;
import dev.drover.manifests.Syntax;
import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.TaskState;
import dev.drover.manifests.tree.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// The first path: from a manifest to a process and back, on one machine. Bars are what Nomad took
/// on the same kind of machine, or what the project promises where that is less.
public final class PathBench {
    private static final int RUNS = 30;
    private static final int MANY = 200;
    private static final Duration SETTLED = Duration.ofSeconds(15);

    private PathBench() {}

    /// Prints the table.
    public static void main(String[] args) throws Exception {
        Instant begin = Instant.now();
        try (Agent agent = Agent.start()) {
            print(new Row("agent --dev ready", millis(begin, Instant.now()), "ms", 2157));
            settle();
            print(new Row("agent --dev RSS idle", agent.residentMib(), "MiB", 93));
            starts(agent.client());
            many(agent.client());
            status(agent);
        }
    }

    /// Idle is what it is when start-up is over.
    private static void settle() throws InterruptedException {
        boolean never = new CountDownLatch(1).await(SETTLED.toMillis(), TimeUnit.MILLISECONDS);
        if (never) {
            throw new IllegalStateException("nobody counts down");
        }
    }

    /// From the moment of asking to the moment at which the task's process had started.
    private static void starts(Client client) throws IOException {
        var took = new ArrayList<Double>();
        for (int run = 0; run < RUNS; run++) {
            Instant asked = Instant.now();
            String name = "start-" + run;
            run(client, name, 1);
            Allocation ended = await(client, name, a -> a.status().phase().terminal()).getFirst();
            took.add(millis(asked, started(ended)));
        }
        print(new Row("run to process started p50", percentile(took, 50), "ms", 102));
        print(new Row("run to process started p99", percentile(took, 99), "ms", 120));
    }

    private static Instant started(Allocation allocation) {
        return allocation.status().tasks().values().stream()
                .map(TaskState::started)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("never started: " + allocation));
    }

    private static void many(Client client) throws IOException {
        Instant asked = Instant.now();
        run(client, "many", MANY);
        await(client, "many", a -> a.status().phase().terminal(), MANY);
        double nomads = MANY / 17.0 * 1000;
        print(new Row(MANY + " x /bin/true complete", millis(asked, Instant.now()), "ms", nomads));
    }

    private static void status(Agent agent) throws IOException, InterruptedException {
        var wall = new ArrayList<Double>();
        var cpu = new ArrayList<Double>();
        String command =
                "DROVER_ADDR=" + agent.client().address() + " ./drover status >/dev/null; times";
        for (int run = 0; run < RUNS; run++) {
            Instant begin = Instant.now();
            Process shell = new ProcessBuilder("sh", "-c", command).start();
            String times =
                    new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            shell.waitFor();
            wall.add(millis(begin, Instant.now()));
            cpu.add(cpuMillis(times));
        }
        print(new Row("drover status wall p50", percentile(wall, 50), "ms", 60));
        print(new Row("drover status CPU p50", percentile(cpu, 50), "ms", 60));
    }

    /// The children's line of what a shell's `times` prints: `0m0.080s 0m0.020s`.
    private static double cpuMillis(String times) {
        String children = times.lines().toList().getLast();
        double sum = 0;
        for (String part : children.split("[ ms]+")) {
            sum += part.contains(".") ? Double.parseDouble(part) : 0;
        }
        return sum * 1000;
    }

    private static void run(Client client, String name, int count) throws IOException {
        String hcl =
                """
                job "%s" {
                  type = "batch"
                  group "g" {
                    count = %d
                    task "t" {
                      driver = "raw_exec"
                      config {
                        command = "/bin/true"
                      }
                      resources {
                        cpu    = 20
                        memory = 16
                      }
                    }
                  }
                }
                """
                        .formatted(name, count);
        client.apply(Type.JOBS, job(Manifests.read(hcl, name, Syntax.HCL, Inputs.none())));
    }

    private static Job job(Read read) {
        return switch (read) {
            case Read.Resources(List<Manifest> manifests, _) -> {
                Job job = (Job) manifests.getFirst().resource();
                yield job.withMetadata(job.metadata().in("default"));
            }
            case Read.Problems(List<Problem> problems) ->
                    throw new IllegalStateException(problems.getFirst().text());
        };
    }

    private static List<Allocation> await(Client client, String job, Predicate<Allocation> there)
            throws IOException {
        return await(client, job, there, 1);
    }

    /// The job's allocations once `count` of them are as they should be.
    private static List<Allocation> await(
            Client client, String job, Predicate<Allocation> there, int count) throws IOException {
        Where of = Where.field("spec.jobName", job);
        while (true) {
            var listing = client.list(Type.ALLOCATIONS, "default", of);
            List<Allocation> found = listing.items().stream().filter(there).toList();
            if (found.size() >= count) {
                return found;
            }
            try (Watch<Allocation> watch =
                    client.watch(Type.ALLOCATIONS, "default", of, listing.revision())) {
                Optional<Seen<Allocation>> _ = watch.next();
            }
        }
    }

    private static double percentile(List<Double> values, int percent) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    private static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e6;
    }

    private static void print(Row row) {
        System.out.println(row);
    }
}
