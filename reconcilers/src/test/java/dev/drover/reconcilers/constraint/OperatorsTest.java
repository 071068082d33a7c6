package dev.drover.reconcilers.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorsTest {
    /// Left, operator, right, whether it holds; `-` is a side that is missing.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a        | =                | a              | true
                    a        | ==               | b              | false
                    a        | is               | a              | true
                    -        | =                | a              | false
                    a        | !=               | b              | true
                    a        | not              | a              | false
                    -        | !=               | a              | true
                    -        | !=               | -              | false
                    9        | <                | 10             | true
                    9.5      | <                | 10             | true
                    abc      | <                | b              | true
                    9        | <                | b              | true
                    10       | >=               | 10             | true
                    11       | <=               | 10             | false
                    -        | >                | 1              | false
                    1.7.3    | version          | >= 1.6, < 1.8  | true
                    1.7.3    | version          | ~> 1.7.0       | true
                    1.8.0    | version          | ~> 1.7.0       | false
                    2.0      | version          | ~> 1.7         | false
                    1.9      | version          | ~> 1.7         | true
                    1.7.3-rc1| version          | >= 1.6         | false
                    1.7.3-rc1| version          | >= 1.7.3-beta  | true
                    1.7.3    | version          | nonsense!      | false
                    nonsense | version          | > 0.1          | false
                    1.7.3-rc1| semver           | >= 1.6.0       | true
                    1.7.3    | semver           | ~> 1.7.0       | false
                    1.0.0-2  | semver           | < 1.0.0-10     | true
                    1.0.0-2  | semver           | < 1.0.0-alpha  | true
                    1.0.0+b1 | semver           | = 1.0.0        | true
                    linux-6.1| regexp           | x-[0-9]        | true
                    linux    | regexp           | ^inux          | false
                    linux    | regexp           | (              | false
                    a, b,c   | set_contains     | a,c            | true
                    a,b      | set_contains_all | a,c            | false
                    a,b      | set_contains_any | c,b            | true
                    a,b      | set_contains_any | c,d            | false
                    a        | is_set           | -              | true
                    -        | is_set           | -              | false
                    -        | is_not_set       | -              | true
                    a        | unheard_of       | a              | false
                    """)
    void hold_as_in_the_table(String left, String operator, String right, boolean holds) {
        assertThat(Operators.hold(operator, side(left), side(right))).isEqualTo(holds);
    }

    private static Optional<String> side(String text) {
        return text.equals("-") ? Optional.empty() : Optional.of(text);
    }
}
