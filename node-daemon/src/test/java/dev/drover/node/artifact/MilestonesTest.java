package dev.drover.node.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MilestonesTest {
    private static final long MIB = 1 << 20;

    @Test
    void each_quarter_of_what_is_large_is_told_once() {
        assertThat(told(400, 400))
                .containsExactly(
                        "a.tgz: 100 of 400 MiB",
                        "a.tgz: 200 of 400 MiB",
                        "a.tgz: 300 of 400 MiB",
                        "a.tgz: 400 of 400 MiB");
    }

    @Test
    void nothing_is_told_of_what_is_small() {
        assertThat(told(31, 31)).isEmpty();
    }

    @Test
    void doublings_are_told_where_nobody_knows_the_end_and_not_for_ever() {
        assertThat(told(100_000, -1))
                .hasSize(6)
                .startsWith("a.tgz: 32 MiB", "a.tgz: 64 MiB", "a.tgz: 128 MiB");
    }

    private static List<String> told(int mib, int total) {
        Milestones milestones = new Milestones("a.tgz");
        List<String> told = new ArrayList<>();
        for (int i = 0; i <= mib; i += 4) {
            milestones
                    .reached(new Fetcher.Progress(i * MIB, total < 0 ? -1 : total * MIB))
                    .ifPresent(told::add);
        }
        return told;
    }
}
