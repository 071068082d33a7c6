package dev.drover.manifests.bench;

import com.sun.management.ThreadMXBean;
import dev.drover.manifests.Manifests;
import dev.drover.manifests.Syntax;
import dev.drover.manifests.hcl.HclReader;
import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.tree.Source;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Measures the reading of manifests on one core: `make bench WHAT=manifests`. One row a line:
/// name, value, unit, bar, ok or short.
///
/// Job files come from the folder that `CORPUS` names; without it, from the repository itself. Each
/// row is the best of several rounds, after the compiler has had its time.
public final class ManifestsBench {
    private static final int ROUNDS = 7;
    private static final long ROUND_NANOS = 1_000_000_000L;
    private static final int MEGABYTE = 1 << 20;

    private ManifestsBench() {}

    /// Prints the rows.
    ///
    /// @param args none
    public static void main(String[] args) throws IOException {
        List<Source> files = files();
        System.out.printf("# %d job files of %s%n", files.size(), folder());
        atLeast(
                "parse and evaluate",
                files.size() / seconds(() -> files.forEach(ManifestsBench::tree)),
                "files/s",
                8_000);
        String job = job();
        atMost(
                "parse, bind, default, validate a job of 50 lines",
                1e6 * seconds(() -> Manifests.check(job, "job.hcl", Syntax.HCL, Inputs.none())),
                "µs",
                200);
        double one = megabytes(1);
        double four = megabytes(4);
        atMost("a file of 1 MB", 1e3 * one, "ms", 60);
        atMost("a file of 4 MB against four of 1 MB", four / (4 * one), "times", 1.5);
        bombs();
    }

    private static void tree(Source source) {
        HclReader.read(source, Inputs.none());
    }

    // ---- bombs: the first time, as a server meets them that has read a file of each syntax

    private static void bombs() {
        Manifests.check(job(), "job.hcl", Syntax.HCL, Inputs.none());
        Manifests.check("a: [b]", "job.yaml", Syntax.YAML, Inputs.none());
        Manifests.check("{\"job\": {\"a\": {\"b\": 1}}}", "job.json", Syntax.JSON, Inputs.none());
        for (Bombs.Bomb bomb : Bombs.all().toList()) {
            long allocated = allocated();
            long start = processorNanos();
            Manifests.read(bomb.text(), "bomb", bomb.syntax(), Inputs.none());
            double millis = (processorNanos() - start) / 1e6;
            double mebibytes = (allocated() - allocated) / (double) MEGABYTE;
            atMost("bomb, time: " + bomb, millis, "ms", 100);
            atMost("bomb, allocated: " + bomb, mebibytes, "MiB", 64);
        }
    }

    /// Bytes that this thread has asked for so far: what lives at once is less.
    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().threadId());
    }

    // ---- texts

    private static double megabytes(int count) {
        StringBuilder text = new StringBuilder("job \"large\" {\n");
        for (int i = 0; text.length() < count * MEGABYTE; i++) {
            text.append(group(i));
        }
        Source source = new Source("large.hcl", text.append("}\n").toString());
        return seconds(() -> tree(source));
    }

    private static String job() {
        return "job \"web\" {\n  datacenters = [\"dc1\"]\n" + group(1) + group(2) + "}\n";
    }

    /// 23 lines.
    private static String group(int number) {
        return """
          group "group-%d" {
            count = 2
            network {
              port "http" {
                to = 8080
              }
            }
            task "server" {
              driver = "exec"
              config {
                command = "/bin/server"
                args    = ["-port", "${NOMAD_PORT_http}", "-name", "${upper("a")}"]
              }
              env {
                GREETING = "hello ${meta.zone}"
              }
              resources {
                cpu    = 100
                memory = 128
              }
            }
          }
        """
                .formatted(number);
    }

    private static String folder() {
        return Optional.ofNullable(System.getenv("CORPUS")).orElse(".");
    }

    private static List<Source> files() throws IOException {
        List<Source> sources = new ArrayList<>();
        try (Stream<Path> all = Files.walk(Path.of(folder()))) {
            for (Path file : all.filter(ManifestsBench::isJob).sorted().toList()) {
                text(file).ifPresent(text -> sources.add(new Source(file.toString(), text)));
            }
        }
        return sources;
    }

    private static boolean isJob(Path file) {
        String name = file.toString();
        return (name.endsWith(".hcl") || name.endsWith(".nomad")) && !name.contains("/target/");
    }

    /// Empty when the file is no text.
    private static Optional<String> text(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file));
        } catch (MalformedInputException e) {
            return Optional.empty();
        }
    }

    // ---- measuring

    /// The shortest mean of the rounds, in processor time: what else the machine does counts
    /// little.
    private static double seconds(Runnable work) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = processorNanos();
            int times = 0;
            while (processorNanos() - start < ROUND_NANOS) {
                work.run();
                times++;
            }
            best = Math.min(best, (processorNanos() - start) / 1e9 / times);
        }
        return best;
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void atLeast(String name, double value, String unit, double bar) {
        row(name, value, unit, bar, value >= bar);
    }

    private static void atMost(String name, double value, String unit, double bar) {
        row(name, value, unit, bar, value <= bar);
    }

    private static void row(String name, double value, String unit, double bar, boolean ok) {
        System.out.printf("%s\t%.4g\t%s\t%.4g\t%s%n", name, value, unit, bar, ok ? "ok" : "short");
    }
}
