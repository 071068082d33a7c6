package dev.drover.manifests.hcl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
            })
    void the_first_one_is_found(String marked) {
        int at = marked.indexOf('❌');

        assertThat(InvalidCharacters.first(marked.replace("❌", ""))).hasValue(at);
    }

    @Test
    void strings_comments_and_templates_may_hold_anything() {
        String text = "# it's\na = \"'$;\" // @\nb = \"${~ x ~}\" && c || d\n%{ endfor ~}\n";

        assertThat(InvalidCharacters.first(text)).isEmpty();
    }
}
