package dev.drover.manifests.bench;

import com.sun.management.ThreadMXBean;
import dev.drover.manifests.Manifests;
import dev.drover.manifests.Read;
import dev.drover.manifests.Syntax;
import dev.drover.manifests.hcl.HclReader;
import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.tree.Source;
import dev.drover.manifests.tree.TreeReading;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What is measured, by one thread, each row in processes of its own: what the compiler makes of
/// one is nothing to another. It takes eight seconds until all of the way is compiled. The
/// collector shares the core, so its time counts, and has room for several files of the largest
/// size.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 10, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms3g", "-Xmn2g"})
public class Reading {

    /// Job files of a folder.
    @State(Scope.Benchmark)
    public static class Folder {
        List<Source> files = List.of();

        /// Reads them.
        @Setup
        public void files() throws IOException {
            files = Texts.files();
        }
    }

    /// A large text.
    @State(Scope.Benchmark)
    public static class Large {
        /// Its size.
        @Param({"1", "4"})
        public int megabytes;

        Source file = new Source("large.hcl", "");

        /// Writes it.
        @Setup
        public void file() {
            file = new Source("large.hcl", Texts.job(megabytes << 20));
        }
    }

    /// A process that has read one small file of each syntax, and a bomb, by its name.
    @State(Scope.Benchmark)
    public static class Cold {
        /// What it is called.
        @Param("")
        public String name = "";

        private List<Bombs.Bomb> bomb = List.of();

        /// Finds it.
        @Setup
        public void bomb() {
            bomb = Bombs.all().filter(one -> one.name().equals(name)).toList();
            check(Texts.job(0), Syntax.HCL);
            check("a: [b]", Syntax.YAML);
            check("{\"job\": {\"a\": {\"b\": 1}}}", Syntax.JSON);
        }
    }

    /// What the reading of a bomb asks the heap for; what lives at once is less. JMH's own counter
    /// would count the making of the text as well.
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Heap {
        /// For one reading.
        public long bytes;

        private static long allocated() {
            return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                    .getThreadAllocatedBytes(Thread.currentThread().threadId());
        }
    }

    /// All files, parsed and evaluated.
    @Benchmark
    public int folder(Folder folder) {
        int documents = 0;
        for (Source file : folder.files) {
            documents +=
                    HclReader.read(file, HclReader.BlockTypes.NONE, Inputs.none())
                            .documents()
                            .size();
        }
        return documents;
    }

    /// Parsed, bound, defaults applied, validated.
    @Benchmark
    public Read job() {
        return check(Texts.JOB, Syntax.HCL);
    }

    /// Parsed and evaluated.
    @Benchmark
    public TreeReading large(Large large) {
        return HclReader.read(large.file, HclReader.BlockTypes.NONE, Inputs.none());
    }

    /// Once, the first time, with the compiler that a command has: a server's has read many before.
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    @Fork(
            value = 1,
            jvmArgsAppend = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"})
    public List<Read> bomb(Cold cold, Heap heap) {
        long before = Heap.allocated();
        List<Read> reads =
                cold.bomb.stream()
                        .map(bomb ->
                                Manifests.read(bomb.text(), "bomb", bomb.syntax(), Inputs.none()))
                        .toList();
        heap.bytes = Heap.allocated() - before;
        return reads;
    }

    private static Read check(String text, Syntax syntax) {
        return Manifests.check(text, "job", syntax, Inputs.none());
    }
}
