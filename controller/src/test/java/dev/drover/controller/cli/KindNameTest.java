package dev.drover.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.JobType;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers say `job/web changed`: what they say can be typed.
class KindNameTest {
    @Test
    void a_name_may_have_a_slash() {
        assertThat(KindName.of("job/web/periodic-1"))
                .isEqualTo(new KindName("job", Optional.of("web/periodic-1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"job", "job/", "/jobs/default/web"})
    void nothing_is_no_name(String word) {
        assertThat(KindName.of(word)).isEqualTo(new KindName(word, Optional.empty()));
    }

    @Test
    void shows_what_is_named_so() throws Exception {
        try (var api = new FakeApi()) {
            api.has(Samples.job(JobType.SERVICE, 1));
            Terminal terminal = api.terminal();

            assertThat(terminal.type("get", "job/web")).isZero();

            assertThat(terminal.out()).contains("\nweb ");
        }
    }

    @Test
    void deletes_what_is_named_so_and_nothing_when_one_is_not() throws Exception {
        try (var api = new FakeApi()) {
            api.has(Samples.job(JobType.SERVICE, 1), Samples.node());

            assertThat(api.terminal().type("delete", "job/web", "variable")).isEqualTo(1);
            assertThat(api.writes()).isEmpty();
            assertThat(api.terminal().type("delete", "job/web", "node/n1")).isZero();

            assertThat(api.writes())
                    .containsExactly("DELETE namespaces/default/jobs/web", "DELETE nodes/n1");
        }
    }

    @Test
    void what_is_not_there_is_told_with_what_to_do() throws Exception {
        try (var api = new FakeApi()) {
            Terminal terminal = api.terminal();

            assertThat(terminal.type("delete", "node", "n9")).isEqualTo(1);

            assertThat(terminal.err())
                    .contains("there is no node \"n9\"", "fix: `drover get nodes` lists them");
        }
    }
}
