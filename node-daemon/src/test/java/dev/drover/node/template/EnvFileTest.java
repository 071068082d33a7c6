package dev.drover.node.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.node.template.EnvFile.Variables;
import dev.drover.node.template.EnvFile.Wrong;
import org.junit.jupiter.api.Test;

class EnvFileTest {

    @Test
    void reads_what_people_write() {
        assertThat(
                        EnvFile.parse(
                                "# all of it\n\nA=1\n export B = b c \nURL=http://h/?a=b#c\nC=x # why\nD=\"q \\\"in\\\" \\n\"\nE='$raw # kept'\nF=\n"))
                .isEqualTo(
                        new Variables(
                                java.util.Map.of(
                                        "A",
                                        "1",
                                        "B",
                                        "b c",
                                        "URL",
                                        "http://h/?a=b#c",
                                        "C",
                                        "x",
                                        "D",
                                        "q \"in\" \n",
                                        "E",
                                        "$raw # kept",
                                        "F",
                                        "")));
    }

    @Test
    void the_later_line_wins() {
        assertThat(EnvFile.parse("A=1\nA=2")).isEqualTo(new Variables(java.util.Map.of("A", "2")));
    }

    @Test
    void tells_the_line_and_not_its_text() {
        assertThat(EnvFile.parse("A=1\ns3cret"))
                .isInstanceOfSatisfying(
                        Wrong.class,
                        wrong ->
                                assertThat(wrong.mistake())
                                        .hasToString("2:1: not of the form KEY=VALUE"));
        assertThat(EnvFile.parse("A=\"open")).isInstanceOf(Wrong.class);
        assertThat(EnvFile.parse("1A=x")).isInstanceOf(Wrong.class);
    }
}
