package dev.drover.manifests.hcl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.tree.Source;
import dev.drover.manifests.tree.Tree;
import dev.drover.manifests.tree.TreeReading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Blanks at the start of heredocs' lines and around `~`. What is expected is what Go's parser
/// makes of the same text. A bar stands for a line break, a `_` for a blank, a `^` for a no-break
/// space.
class HeredocTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "__a|____b; a|__b|", // as many as the least indented line has
                "__a|${1}|__b; __a|1|__b|", // a sequence at a line's start has none
                "__a|%{ if true }|__b|%{ endif }; __a||__b||",
                "__a|__${1}|____b; a|1|__b|",
                "__a||_|____b; a||_|__b|", // lines of blanks do not count
                "^^a|__b; a|b|",
                "__a|_^|__b; a|_^|b|",
                "a_|${~ 1 }|b; a1|b|", // the end of the line before
                "a_^${~ 1 ~}^_b; a1b|",
                "__a|_|${~ 1 }; __a|1|",
            })
    void what_becomes_of_blanks(String lines, String expected) {
        var reading = read("a = <<-E|" + lines.strip() + "|  E|");

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.documents().getFirst().field("a").orElseThrow().value())
                .isInstanceOfSatisfying(
                        Tree.Text.class,
                        text -> assertThat(text.value()).isEqualTo(written(expected.strip())));
    }

    @Test
    void a_marker_may_stand_between_blanks() {
        assertThat(read("a = <<E|b|_^E^_|").problems()).isEmpty();
    }

    @Test
    void a_lone_carriage_return_is_a_mistake() {
        assertThat(read("a = <<E|b\rc|E|").problems())
                .first()
                .satisfies(problem -> assertThat(problem.what()).contains("carriage return"));
    }

    private static TreeReading read(String text) {
        return HclReader.read(
                new Source("a.hcl", written(text)), HclReader.BlockTypes.NONE, Inputs.none());
    }

    private static String written(String text) {
        return text.replace('|', '\n').replace('_', ' ').replace('^', '\u00A0');
    }
}
