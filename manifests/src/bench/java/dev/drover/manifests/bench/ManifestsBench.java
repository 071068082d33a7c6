package dev.drover.manifests.bench;

import java.io.IOException;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Measures the reading of manifests with JMH: `make bench WHAT=manifests`. One row a line: name,
/// value, unit, bar, ok or short.
///
/// Job files come from the folder that `CORPUS` names; without it, from the repository itself.
public final class ManifestsBench {
    private static final double MEBIBYTE = 1 << 20;

    private ManifestsBench() {}

    /// Prints the rows.
    ///
    /// @param args `reading`, `bombs`; none: both
    public static void main(String[] args) throws IOException, RunnerException {
        Set<String> wanted = args.length == 0 ? Set.of("reading", "bombs") : Set.of(args);
        if (wanted.contains("reading")) {
            reading();
        }
        if (wanted.contains("bombs")) {
            bombs();
        }
    }

    private static void reading() throws IOException, RunnerException {
        int files = Texts.files().size();
        System.out.printf("# %d job files of %s%n", files, Texts.folder());
        for (RunResult folder : run(of("folder"))) {
            double perSecond = files / (micros(folder) / 1e6);
            row("parse and evaluate", perSecond, "files/s", 8_000, perSecond >= 8_000);
        }
        for (RunResult job : run(of("job"))) {
            atMost("parse, bind, default, validate a job of 50 lines", micros(job), "µs", 200);
        }
        double one = 0;
        for (RunResult large : run(of("large"))) {
            if (parameter(large, "megabytes").equals("1")) {
                one = micros(large);
                atMost("a file of 1 MB", one / 1e3, "ms", 60);
            } else {
                atMost(
                        "a file of 4 MB against four of 1 MB",
                        micros(large) / (4 * one),
                        "times",
                        1.5);
            }
        }
    }

    /// The first time, as a command meets them that has read a file of each syntax.
    private static void bombs() throws RunnerException {
        String[] names = Bombs.all().map(Bombs.Bomb::name).toArray(String[]::new);
        for (RunResult bomb : run(of("bomb").param("name", names))) {
            String name = parameter(bomb, "name");
            atMost("bomb, time: " + name, micros(bomb) / 1e3, "ms", 100);
            double bytes =
                    Objects.requireNonNull(bomb.getSecondaryResults().get("bytes")).getScore();
            atMost("bomb, allocated: " + name, bytes / MEBIBYTE, "MiB", 64);
        }
    }

    private static ChainedOptionsBuilder of(String method) {
        return new OptionsBuilder()
                .include(Reading.class.getName() + "." + method + "$")
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
    }

    private static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
        return new Runner(options.build()).run();
    }

    private static double micros(RunResult result) {
        return result.getPrimaryResult().getScore();
    }

    private static String parameter(RunResult result, String name) {
        return result.getParams().getParam(name);
    }

    private static void atMost(String name, double value, String unit, double bar) {
        row(name, value, unit, bar, value <= bar);
    }

    private static void row(String name, double value, String unit, double bar, boolean ok) {
        System.out.printf("%s\t%.4g\t%s\t%.4g\t%s%n", name, value, unit, bar, ok ? "ok" : "short");
    }
}
