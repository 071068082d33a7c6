package dev.drover.node.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessorsTest {
    @Test
    void reads_numbers_and_ranges() {
        assertThat(
                        Processors.allowed(
                                "Cpus_allowed:\tff\nCpus_allowed_list:\t0-2,5,8-9\nMems: 0\n"))
                .containsExactly(0, 1, 2, 5, 8, 9);
    }

    @Test
    void this_process_runs_on_some() throws Exception {
        assertThat(Processors.allowed()).hasSizeGreaterThanOrEqualTo(1);
    }
}
