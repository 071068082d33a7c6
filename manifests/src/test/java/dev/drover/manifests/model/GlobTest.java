package dev.drover.manifests.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "*, dc1, true",
        "dc?, dc1, true",
        "dc?, dc10, false",
        "eu-*-1, eu-west-1, true",
        "eu-*-1, eu-west-2, false",
        "*a*b*, xxaxxbxx, true",
        "dc1, dc1, true",
        "dc1, dc2, false"
    })
    void globs_match_whole_names(String glob, String text, boolean matches) {
        assertThat(new Glob(glob).matches(text)).isEqualTo(matches);
    }
}
