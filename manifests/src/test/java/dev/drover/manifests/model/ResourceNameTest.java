package dev.drover.manifests.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceNameTest {
    @ParameterizedTest
    @CsvSource({"web-1.b_c,web-1.b_c", "a/b,a~2Fb", "~,~7E", "ü,~C3~BC", "a b,a~20b"})
    void a_name_is_escaped_one_to_one(String plain, String escaped) {
        assertThat(ResourceName.escape(plain)).isEqualTo(escaped);
        assertThat(ResourceName.unescape(escaped)).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"~", "~2", "a~zz", "a~2fb", "a~41", "a/b", "ü"})
    void what_no_name_escapes_to_is_refused(String text) {
        assertThatThrownBy(() -> ResourceName.unescape(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void names_sort_by_namespace_first() {
        assertThat(new ResourceName("a", "z")).isLessThan(new ResourceName("b", "a"));
        assertThat(new ResourceName("a", "b")).isLessThan(new ResourceName("a", "c"));
    }
}
