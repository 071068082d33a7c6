package dev.drover.manifests.hcl.function;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepeatsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    abc*+?            | 1
                    a{3}              | 3
                    a{3,}             | 3
                    a{2,7}b           | 7
                    (a{10}b){20}      | 200
                    ((a{10}){10}){10} | 1000
                    (a{9})(b{8})      | 9
                    a\\{9\\}          | 1
                    x{a}              | 1
                    """)
    void repetitions_multiply(String pattern, long times) {
        assertThat(Repeats.of(pattern)).isEqualTo(times);
    }
}
