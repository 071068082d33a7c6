package dev.drover.store.durable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random steps on the durable store and on [dev.drover.store.memory.MemoryStore], whose every
/// answer must be the same.
///
/// `make model FROM=7 TO=8` runs seed 7 alone; the message of a failure names the seed. Odd seeds
/// keep all values in memory, even ones keep them on disk with hardly any window for watches.
class ModelTest {
    private static final long FROM = Long.getLong("model.from", 0);
    private static final long TO = Long.getLong("model.to", 200);
    private static final int STEPS = 150;

    /// Each reopening costs as much as a hundred other steps.
    private static final long REOPENING = Long.getLong("model.reopening", 10);

    @TempDir Path folder;

    @Test
    void every_answer_is_that_of_the_specification() {
        long steps = LongStream.range(FROM, TO).map(seed -> run(seed, false)).sum();

        assertThat(steps).isEqualTo((TO - FROM) * STEPS);
    }

    @Test
    void every_answer_is_that_of_the_specification_though_the_store_is_reopened() {
        long steps = LongStream.range(FROM, FROM + REOPENING).map(seed -> run(seed, true)).sum();

        assertThat(steps).isEqualTo(REOPENING * STEPS);
    }

    private long run(long seed, boolean reopening) {
        Path its = folder.resolve(seed + (reopening ? "-reopening" : ""));
        try (ModelRun run = new ModelRun(its, seed, reopening)) {
            for (int step = 0; step < STEPS; step++) {
                run.step(step);
            }
        } catch (InterruptedException e) {
            throw new AssertionError("seed " + seed, e);
        }
        delete(its);
        return STEPS;
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
