package dev.drover.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTest {
    @Test
    void a_key_has_a_type_a_namespace_and_a_name() {
        Key key = Key.of("jobs", "default", "web");

        assertThat(key.text()).isEqualTo("/jobs/default/web");
        assertThat(key.type()).isEqualTo("jobs");
        assertThat(key.namespace()).isEqualTo("default");
        assertThat(key.name()).isEqualTo("web");
    }

    @Test
    void an_object_of_the_cluster_has_an_empty_namespace() {
        assertThat(Key.ofCluster("nodes", "n1").text()).isEqualTo("/nodes//n1");
        assertThat(Key.ofCluster("nodes", "n1").namespace()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "jobs/a/b",
                "//a/b",
                "/jobs/a",
                "/jobs/a/",
                "/jobs/a/b/c",
                "/jobs/a/ä"
            })
    void anything_else_is_not_a_key(String text) {
        assertThatThrownBy(() -> new Key(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_prefix_covers_whole_parts_only() {
        Key web2 = Key.of("jobs", "default", "web2");

        assertThat(Prefix.exactly(Key.of("jobs", "default", "web")).covers(web2)).isFalse();
        assertThat(Prefix.in("jobs", "default").covers(web2)).isTrue();
        assertThat(Prefix.EVERYTHING.covers(web2)).isTrue();
        assertThatThrownBy(() -> new Prefix("/jobs/def"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void prefixes_overlap_when_a_key_could_belong_to_both() {
        Prefix web = Prefix.exactly(Key.of("jobs", "default", "web"));
        Prefix web2 = Prefix.exactly(Key.of("jobs", "default", "web2"));
        Prefix jobs = Prefix.ofType("jobs");

        assertThat(jobs.overlaps(Prefix.EVERYTHING)).isTrue();
        assertThat(Prefix.EVERYTHING.overlaps(jobs)).isTrue();
        assertThat(jobs.overlaps(web)).isTrue();
        assertThat(web.overlaps(jobs)).isTrue();
        assertThat(web.overlaps(web2)).isFalse();
        assertThat(web2.overlaps(web)).isFalse();
        assertThat(jobs.overlaps(Prefix.ofType("nodes"))).isFalse();
    }
}
