package dev.drover.controller.admit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.controller.admit.Admitted.Cause;
import dev.drover.controller.testing.Samples;
import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.JobVersionSpec;
import dev.drover.manifests.model.Metadata;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AmendmentsTest {
    @Test
    void another_count_changes_that_group_alone() throws IOException {
        Job job = job("service", "\"scaling\":{\"min\":1,\"max\":5}");

        Amended amended = Amendments.counted(job, "web", 5);

        assertThat(amended)
                .isEqualTo(
                        new Amended.To(
                                job("service", "\"count\":5,\"scaling\":{\"min\":1,\"max\":5}")));
    }

    @Test
    void a_count_stays_within_what_its_scaling_block_says() throws IOException {
        Job job = job("service", "\"scaling\":{\"min\":1,\"max\":5}");

        assertThat(not(Amendments.counted(job, "web", 6)).because())
                .contains("may have 1 to 5 copies")
                .contains("not 6");
        assertThat(not(Amendments.counted(job, "web", 0)).cause()).isEqualTo(Cause.INVALID);
    }

    @Test
    void a_scaling_block_that_is_switched_off_says_nothing() throws IOException {
        Job job = job("service", "\"scaling\":{\"enabled\":false,\"min\":1,\"max\":5}");

        assertThat(Amendments.counted(job, "web", 9)).isInstanceOf(Amended.To.class);
    }

    @Test
    void there_must_be_such_a_group_and_it_must_have_a_count() throws IOException {
        assertThat(not(Amendments.counted(job("service", "\"count\":1"), "db", 2)).cause())
                .isEqualTo(Cause.NOT_FOUND);
        assertThat(not(Amendments.counted(job("system", "\"count\":1"), "web", 2)).because())
                .contains("has no count");
    }

    @Test
    void a_tag_belongs_to_one_version_of_a_life() {
        JobVersion first = version("uid", 0, Optional.of("good"));
        JobVersion second = version("uid", 1, Optional.empty());
        JobVersion ofBefore = version("other", 3, Optional.of("good"));

        assertThat(
                        not(Amendments.tagged(second, Optional.of("good"), List.of(first, second)))
                                .because())
                .isEqualTo("version 0 of job web has the tag good: take it away first");
        assertThat(Amendments.tagged(second, Optional.of("good"), List.of(second, ofBefore)))
                .isEqualTo(new Amended.To(version("uid", 1, Optional.of("good"))));
        assertThat(Amendments.tagged(first, Optional.empty(), List.of(first, second)))
                .isEqualTo(new Amended.To(version("uid", 0, Optional.empty())));
    }

    private static JobVersion version(String uid, int number, Optional<String> tag) {
        return new JobVersion(
                Metadata.named("default", JobVersion.nameOf(uid, number)),
                new JobVersionSpec(
                        "web", uid, number, 1, false, tag, Optional.empty(), Samples.spec(1)));
    }

    private static Job job(String type, String fields) throws IOException {
        JobSpec spec =
                RecordJson.read(
                        JobSpec.class,
                        "{\"type\":\"%s\",\"groups\":[{\"name\":\"web\",\"tasks\":[],%s},{\"name\":\"other\",\"tasks\":[]}]}"
                                .formatted(type, fields));
        return Samples.storedJob("web").withSpec(spec);
    }

    private static Amended.Not not(Amended amended) {
        assertThat(amended).isInstanceOf(Amended.Not.class);
        return (Amended.Not) amended;
    }
}
