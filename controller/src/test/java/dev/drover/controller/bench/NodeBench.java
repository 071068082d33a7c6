package dev.drover.controller.bench;

import static dev.drover.controller.bench.Figures.millis;
import static dev.drover.controller.bench.Figures.percentile;
import static dev.drover.controller.bench.Figures.print;

import dev.drover.controller.client.LogRequest;
import dev.drover.controller.client.Reply;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.wire.LogPart;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The node daemon as a process of its own, over TLS: how much it needs, and how quick it is. Bars
/// stand in the project's plan; they are for a quiet machine and the package.
public final class NodeBench {
    private static final int TASKS = 100;
    private static final int MANY = 1_000;
    private static final int RUNS = 30;
    private static final int STARTS = 5;
    private static final int FOLLOWERS = 20;
    private static final Duration SETTLED = Duration.ofSeconds(35);
    private static final Duration LOADED = Duration.ofSeconds(15);

    private NodeBench() {}

    /// Prints the table, or those of its parts that the words name: `registered`, `tasks`,
    /// `starts`, `many`, `crowd`.
    public static void main(String[] args) throws Exception {
        Set<String> asked = Set.of(args);
        Predicate<String> wanted = part -> asked.isEmpty() || asked.contains(part);
        try (Split split = new Split()) {
            split.registered();
            Jobs jobs = new Jobs(split.client());
            try {
                rows(wanted, split, jobs);
            } finally {
                jobs.stopAll(); // tasks outlive their node
            }
        }
    }

    private static void rows(Predicate<String> wanted, Split split, Jobs jobs)
            throws IOException, InterruptedException {
        if (wanted.test("registered")) {
            print(new Row("exec to registered, no tasks, p50", restarts(split), "ms", 600));
        }
        // First: what has ended stays on its node for a while.
        if (wanted.test("registered") || wanted.test("tasks")) {
            registered(split, jobs);
            if (wanted.test("tasks")) {
                tasks(split, jobs);
            }
            jobs.stopAll();
        }
        if (wanted.test("starts")) {
            starts(jobs);
        }
        if (wanted.test("many")) {
            many(jobs);
        }
        if (wanted.test("crowd")) {
            crowd(split, jobs);
        }
    }

    /// From the write to the process, and from its end to whoever watches.
    private static void starts(Jobs jobs) throws IOException {
        List<Double> begin = new ArrayList<>();
        List<Double> end = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            String name = "start-" + run;
            Instant asked = Instant.now();
            jobs.run(name, 1, "/bin/sleep", "0.1");
            Allocation ended = jobs.await(name, a -> a.status().phase().terminal(), 1).getFirst();
            Instant told = Instant.now();
            begin.add(millis(asked, Jobs.started(ended)));
            end.add(millis(Jobs.finished(ended), told));
        }
        print(new Row("write to process running p50", percentile(begin, 50), "ms", 50));
        print(new Row("write to process running p99", percentile(begin, 99), "ms", 150));
        print(new Row("process exit to a watcher p50", percentile(end, 50), "ms", 60));
    }

    private static void many(Jobs jobs) throws IOException {
        Instant asked = Instant.now();
        jobs.run("many", 500, "/bin/true");
        jobs.await("many", a -> a.status().phase().terminal(), 500);
        print(new Row("500 x /bin/true complete", millis(asked, Instant.now()), "ms", 10_000));
    }

    /// A node that goes on with a hundred tasks.
    private static void registered(Split split, Jobs jobs)
            throws IOException, InterruptedException {
        jobs.run(
                "tasks",
                TASKS,
                "/bin/sh",
                "-c",
                "while :; do sleep 1; echo \"$NOMAD_ALLOC_ID is here\"; done");
        jobs.await("tasks", NodeBench::running, TASKS);
        print(new Row("exec to registered, 100 tasks, p50", restarts(split), "ms", 600));
    }

    private static double restarts(Split split) throws IOException, InterruptedException {
        List<Double> registered = new ArrayList<>();
        for (int start = 0; start < STARTS; start++) {
            split.restartNode();
            registered.add(split.registered());
        }
        return percentile(registered, 50);
    }

    private static void tasks(Split split, Jobs jobs) throws IOException, InterruptedException {
        Figures.settle(SETTLED);
        print(new Row("RSS idle", Proc.statusMib(split.node(), "VmRSS"), "MiB", 58));
        cpu(split);
        load(split, jobs);
        print(new Row("RSS peak", Proc.statusMib(split.node(), "VmHWM"), "MiB", 66));
        supervision(split);
    }

    /// The daemon and its helpers, tasks left out: they are what is under the shims.
    private static void cpu(Split split) throws IOException, InterruptedException {
        List<Long> helpers = Proc.with(split.data() + "/bin/");
        double before = cpu(split, helpers);
        Instant from = Instant.now();
        Figures.settle(LOADED);
        double seconds = millis(from, Instant.now()) / 1_000;
        double share = 100 * (cpu(split, helpers) - before) / seconds;
        print(new Row("CPU with 100 tasks that write, helpers included", share, "%", 1));
    }

    private static double cpu(Split split, List<Long> helpers) throws IOException {
        double sum = Proc.cpuSeconds(split.node());
        for (long helper : helpers) {
            sum += Proc.cpuSeconds(helper);
        }
        return sum;
    }

    /// Twenty people follow logs.
    private static void load(Split split, Jobs jobs) throws IOException, InterruptedException {
        List<Allocation> some =
                jobs.await("tasks", NodeBench::running, TASKS).subList(0, FOLLOWERS);
        List<Reply> open = new ArrayList<>();
        for (Allocation one : some) {
            Reply reply =
                    split.client()
                            .logs(
                                    new LogRequest(
                                            "default",
                                            one.id(),
                                            "t",
                                            false,
                                            LogPart.ALL.followed(),
                                            Optional.empty()));
            open.add(reply);
            Thread.ofVirtual().start(() -> swallow(reply.body()));
        }
        Figures.settle(LOADED);
        print(new Row("RSS under load", Proc.statusMib(split.node(), "VmRSS"), "MiB", 62));
        for (Reply reply : open) {
            reply.close();
        }
    }

    private static void swallow(InputStream body) {
        try {
            body.transferTo(OutputStream.nullOutputStream());
        } catch (IOException closed) {
            // The measurement is over.
        }
    }

    private static void supervision(Split split) throws IOException {
        List<Long> helpers = Proc.with(split.data() + "/bin/");
        double sum = 0;
        for (long helper : helpers) {
            sum += Proc.privateMib(helper);
        }
        print(new Row("supervision per task, private", sum / TASKS, "MiB", 0.6));
    }

    private static void crowd(Split split, Jobs jobs) throws IOException, InterruptedException {
        Instant asked = Instant.now();
        jobs.run("crowd", MANY, "/bin/sleep", "100000");
        jobs.await("crowd", NodeBench::running, MANY);
        print(new Row("1,000 tasks running", millis(asked, Instant.now()), "ms", 60_000));
        Figures.settle(SETTLED);
        print(new Row("RSS with 1,000 tasks", Proc.statusMib(split.node(), "VmRSS"), "MiB", 128));
    }

    private static boolean running(Allocation allocation) {
        return allocation.status().phase() == AllocationPhase.RUNNING;
    }
}
