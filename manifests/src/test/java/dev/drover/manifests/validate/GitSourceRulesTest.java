package dev.drover.manifests.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.GitSource;
import dev.drover.manifests.model.GitSourceSpec;
import dev.drover.manifests.model.GitSourceStatus;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitSourceRulesTest {
    @ParameterizedTest
    @ValueSource(strings = {"file:///srv/cluster.git", "https://git.example.org/cluster.git"})
    void files_and_https_are_followed(String url) {
        assertThat(check(url, Optional.of(Duration.ofSeconds(1)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "git@example.org:cluster.git, no URL",
        "ssh://git.example.org/cluster.git, not supported",
        "http://git.example.org/cluster.git, not supported",
        "cluster.git, not supported",
        "--upload-pack=x, not supported",
        "file://host/cluster.git, names a host",
        "https://ann:secret@git.example.org/a.git, holds credentials",
        "ext::sh -c x, no URL"
    })
    void other_addresses_are_refused_without_repeating_a_secret(String url, String why) {
        assertThat(check(url, Optional.empty()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(Code.INVALID_VALUE))
                .satisfies(problem ->
                        assertThat(problem.what()).contains(why).doesNotContain("secret"));
    }

    @Test
    void without_an_address_there_is_nothing_to_follow() {
        assertThat(check("", Optional.empty()))
                .extracting(Problem::code)
                .containsExactly(Code.MISSING_FIELD);
    }

    @Test
    void nobody_asks_more_often_than_once_a_second() {
        assertThat(check("file:///srv/a.git", Optional.of(Duration.ofMillis(999))))
                .extracting(Problem::code)
                .containsExactly(Code.OUT_OF_RANGE);
    }

    private static List<Problem> check(String url, Optional<Duration> interval) {
        GitSourceSpec spec =
                new GitSourceSpec(
                        url, Optional.empty(), Optional.empty(), interval, Optional.empty());
        return GitSourceRules.check(
                new GitSource(Metadata.named("default", "s"), spec, GitSourceStatus.unseen()),
                Report.withoutPlaces());
    }
}
