package dev.drover.node.driver.jail;

import static dev.drover.node.driver.DriverContract.list;
import static dev.drover.node.driver.DriverContract.text;

import dev.drover.manifests.model.Value;
import dev.drover.node.driver.Driver;
import dev.drover.node.driver.Start;
import dev.drover.node.driver.TaskRun;
import dev.drover.node.driver.raw.RawExecDriver;
import dev.drover.node.jail.JailPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// How much longer a jailed task takes from start to end than one without walls. Rounds alternate,
/// so that whatever else the machine does hits all of them alike.
///
/// ```text
///  name <tab> value <tab> unit <tab> bar <tab> ok or short
/// ```
public final class StartBench {
    private static final int WARM = 10;
    private static final int ROUNDS = 30;
    private static final double JAIL_OVER_RAW_MAX = 15;
    private static final Duration SOON = Duration.ofSeconds(20);

    private StartBench() {}

    /// One kind of task.
    private record Kind(
            String name, Driver driver, Map<String, Value> config, List<Double> millis) {}

    /// Measures and prints.
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("start-bench");
        try (JailedRuns runs = new JailedRuns(folder)) {
            Jails jails = runs.jails(JailPolicy.CLOSED);
            List<Kind> kinds =
                    List.of(
                            new Kind(
                                    "raw_exec",
                                    new RawExecDriver(jails.supervisor()),
                                    Map.of("command", text("/bin/true")),
                                    new ArrayList<>()),
                            new Kind(
                                    "exec",
                                    JailDriver.exec(jails),
                                    Map.of("command", text("/bin/true")),
                                    new ArrayList<>()),
                            new Kind(
                                    "jail",
                                    JailDriver.jail("jail", jails),
                                    Map.of(
                                            "path", text("local/root"),
                                            "vnet", text("new"),
                                            "command", text("/bin/true"),
                                            "args", list()),
                                    new ArrayList<>()));
            for (int round = 0; round < WARM + ROUNDS; round++) {
                for (Kind kind : kinds) {
                    double millis = millis(kind, runs.run(kind.config(), JailedRuns.memory(64)));
                    if (round >= WARM) {
                        kind.millis().add(millis);
                    }
                }
            }
            kinds.forEach(kind ->
                    row(
                            "start to end of /bin/true, " + kind.name() + ", p50 of 30",
                            p50(kind),
                            "",
                            "ok"));
            for (Kind kind : kinds.subList(1, kinds.size())) {
                double over = p50(kind) - p50(kinds.getFirst());
                row(
                        kind.name() + " over raw_exec at p50",
                        over,
                        "<= " + JAIL_OVER_RAW_MAX,
                        over <= JAIL_OVER_RAW_MAX ? "ok" : "short");
            }
        } finally {
            remove(folder);
        }
    }

    private static double millis(Kind kind, TaskRun run) throws Exception {
        long start = System.nanoTime();
        Start.Started started = (Start.Started) kind.driver().start(run);
        var _ = started.task().await(SOON).orElseThrow();
        return (System.nanoTime() - start) / 1e6;
    }

    private static double p50(Kind kind) {
        return kind.millis().stream().sorted().skip(ROUNDS / 2).findFirst().orElseThrow();
    }

    private static void row(String name, double value, String bar, String verdict) {
        System.out.printf(Locale.ROOT, "%s\t%.1f\tms\t%s\t%s%n", name, value, bar, verdict);
    }

    private static void remove(Path folder) throws Exception {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
