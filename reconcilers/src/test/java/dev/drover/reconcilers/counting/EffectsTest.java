package dev.drover.reconcilers.counting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.JobSpec;
import dev.drover.reconcilers.Sketch;
import org.junit.jupiter.api.Test;

class EffectsTest {
    private static final JobSpec OLD = web().spec();

    @Test
    void other_arguments_replace() {
        assertThat(Effects.replacing(OLD, web().args("two").spec(), "main"))
                .containsExactly("server.config");
    }

    @Test
    void other_resources_replace() {
        assertThat(Effects.replacing(OLD, web().resources(200, 100).spec(), "main"))
                .containsExactly("server.resources");
    }

    @Test
    void another_port_replaces() {
        assertThat(Effects.replacing(OLD, web().staticPort("db", 5432).spec(), "main"))
                .containsExactly("networks");
    }

    @Test
    void another_count_priority_or_constraint_is_in_place() {
        JobSpec now = web().count(5).priority(70).constraint("${attr.rack}", "=", "a").spec();

        assertThat(Effects.between(OLD, now, "main")).isEqualTo(Effect.IN_PLACE);
    }

    @Test
    void a_group_that_is_gone_replaces() {
        assertThat(Effects.between(OLD, web().group("other").spec(), "main"))
                .isEqualTo(Effect.REPLACE);
    }

    private static Sketch web() {
        return Sketch.service("web").dynamicPort("http");
    }
}
