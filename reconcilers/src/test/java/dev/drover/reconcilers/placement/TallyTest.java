package dev.drover.reconcilers.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.reconcilers.World;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The counts that are kept against counting anew.
class TallyTest {

    @Test
    void extremes_are_those_of_the_counts_after_every_copy() {
        World world = new World();
        IntStream.range(0, 26).forEach(i -> world.put(World.node((char) ('a' + i) + "")));
        Terrain terrain = Terrain.of(world.cluster());
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 50; round++) {
            Tally tally = new Tally(terrain.column("${attr.rack}"));
            int[] counts = new int[26];
            for (int i = 0; i < 200; i++) {
                int node = random.nextInt(1 + round % 26);
                tally.add(node, true);
                counts[terrain.column("${attr.rack}").on(node)]++;

                int[] used = Arrays.stream(counts).filter(n -> n > 0).toArray();
                assertThat(tally.most()).isEqualTo(Arrays.stream(used).max().orElseThrow());
                assertThat(tally.fewest()).isEqualTo(Arrays.stream(used).min().orElseThrow());
            }
        }
    }
}
