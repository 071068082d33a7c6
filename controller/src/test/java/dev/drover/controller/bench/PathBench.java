package dev.drover.controller.bench;

import static dev.drover.controller.bench.Figures.millis;
import static dev.drover.controller.bench.Figures.percentile;
import static dev.drover.controller.bench.Figures.print;

import dev.drover.manifests.model.Allocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;

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
            Figures.settle(SETTLED);
            print(new Row("agent --dev RSS idle", agent.residentMib(), "MiB", 93));
            Jobs jobs = new Jobs(agent.client());
            starts(jobs);
            many(jobs);
            status(agent);
        }
    }

    /// From the moment of asking to the moment at which the task's process had started.
    private static void starts(Jobs jobs) throws IOException {
        var took = new ArrayList<Double>();
        for (int run = 0; run < RUNS; run++) {
            Instant asked = Instant.now();
            String name = "start-" + run;
            jobs.run(name, 1, "/bin/true");
            Allocation ended = jobs.await(name, a -> a.status().phase().terminal(), 1).getFirst();
            took.add(millis(asked, Jobs.started(ended)));
        }
        print(new Row("run to process started p50", percentile(took, 50), "ms", 102));
        print(new Row("run to process started p99", percentile(took, 99), "ms", 120));
    }

    private static void many(Jobs jobs) throws IOException {
        Instant asked = Instant.now();
        jobs.run("many", MANY, "/bin/true");
        jobs.await("many", a -> a.status().phase().terminal(), MANY);
        double nomads = MANY / 17.0 * 1000;
        print(new Row(MANY + " x /bin/true complete", millis(asked, Instant.now()), "ms", nomads));
    }

    private static void status(Agent agent) throws IOException, InterruptedException {
        var wall = new ArrayList<Double>();
        var cpu = new ArrayList<Double>();
        String command =
                "DROVER_ADDR="
                        + agent.client().address()
                        + " "
                        + Launcher.path()
                        + " status >/dev/null; times";
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
}
