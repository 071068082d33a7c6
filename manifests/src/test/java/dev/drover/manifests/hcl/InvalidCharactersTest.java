package dev.drover.manifests.hcl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.Manifests;
import dev.drover.manifests.Read;
import dev.drover.manifests.Syntax;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidCharactersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = ❌'x'",
                "a = \"b$c\" ❌; d",
                "a = <<EOF\n; ' @\nEOF\nb = ❌@",
                "/* ; */ a = \"it's ; ${\"x;\"}\" ❌`",
                "a = 1 ❌& 2",
                "a = \"${env ❌'A'}\"",
                "❌${k} = 1",
                "a = \"x❌\nb = \"${c}\"",
                "a = \"x❌\rb\"",
                "a = <<EOF\r\nb❌\rc\nEOF\n",
                "# a \r b\r\na ❌\r= 1",
                "𐐀 = ❌@", // a letter of two chars
                "<<𐐀\n@\n𐐀\n❌@",
            })
    void the_first_one_is_found(String marked) {
        int at = marked.indexOf('❌');

        assertThat(InvalidCharacters.first(marked.replace("❌", ""))).hasValue(at);
    }

    @ParameterizedTest
    @CsvSource({
        "U+00A0, the character U+00A0 (no-break space) means nothing here",
        "U+200B, the character U+200B (zero width space) means nothing here",
        "U+0001, the character U+0001 (start of heading) means nothing here",
        "U+2192, the character → means nothing here",
        "U+000D, a carriage return without a line feed means nothing here",
        "U+0027, single quotes are not valid",
    })
    void one_that_cannot_be_seen_is_named(String codePoint, String what) {
        String character = Character.toString(Integer.parseInt(codePoint.substring(2), 16));

        Read read = Manifests.read("a = " + character + "1\n", "x.hcl", Syntax.HCL, Inputs.none());

        assertThat(read)
                .isInstanceOfSatisfying(
                        Read.Problems.class,
                        problems -> assertThat(problems.first().what()).isEqualTo(what));
    }

    @Test
    void strings_comments_and_templates_may_hold_anything() {
        String text = "# it's\na = \"'$;\" // @\nb = \"${~ x ~}\" && c || d\n%{ endfor ~}\n";

        assertThat(InvalidCharacters.first(text)).isEmpty();
    }
}
