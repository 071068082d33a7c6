package dev.drover.controller.admit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.controller.testing.Samples;
import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Dispatch;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LaunchesTest {
    private static final String ID = "0123456789ab";
    private static final Dispatch NOTHING = dispatch(Optional.empty(), Map.of());

    @Test
    void a_periodic_job_is_launched_ahead_of_its_time() throws IOException {
        Job parent = job("\"periodic\":{\"crons\":[\"@daily\"]}");

        Job child = launched(Launches.forced(parent, Samples.NOON));

        assertThat(child.metadata().name())
                .isEqualTo("web/periodic-" + Samples.NOON.getEpochSecond());
        assertThat(child.spec().periodic()).as("it is not launched again").isEmpty();
    }

    @Test
    void what_no_clock_launches_is_not_forced() throws IOException {
        assertThat(refused(Launches.forced(job("\"meta\":{}"), Samples.NOON)))
                .isEqualTo("job web is not periodic: run it");
        assertThat(refused(Launches.forced(job("\"parameterized\":{}"), Samples.NOON)))
                .isEqualTo("job web waits for a dispatch: launch it by `drover job dispatch`");
        assertThat(
                        refused(
                                Launches.forced(
                                        job("\"stop\":true,\"periodic\":{\"crons\":[\"@daily\"]}"),
                                        Samples.NOON)))
                .isEqualTo("job web is stopped: run it again first");
    }

    @Test
    void a_dispatch_brings_meta_and_a_payload() throws IOException {
        Job parent =
                job(
                        """
                        "meta":{"size":"large"},
                        "parameterized":{"metaRequired":["who"],"metaOptional":["size","colour"]}
                        """);
        String payload = base64("hello");

        Job child =
                launched(dispatched(parent, dispatch(Optional.of(payload), Map.of("who", "ann"))));

        assertThat(child.metadata().name())
                .isEqualTo("web/dispatch-" + Samples.NOON.getEpochSecond() + "-01234567");
        assertThat(child.spec().payload()).contains(payload);
        assertThat(child.spec().meta())
                .containsEntry("who", "ann")
                .containsEntry("size", "large")
                .containsEntry("colour", "");
        assertThat(child.spec().parameterized()).isEmpty();
    }

    @Test
    void the_same_token_is_the_same_launch() throws IOException {
        Job parent = job("\"parameterized\":{}");
        Dispatch once =
                new Dispatch(
                        Optional.empty(),
                        Map.of(),
                        Optional.of("nightly"),
                        Optional.of("token"),
                        Optional.of(77));

        Job first = launched(Launches.dispatched(parent, once, Samples.NOON, ID));
        Job again =
                launched(
                        Launches.dispatched(parent, once, Samples.NOON.plusSeconds(9), "other-id"));

        assertThat(again.metadata().name())
                .isEqualTo(first.metadata().name())
                .startsWith("web/dispatch-");
        assertThat(first.spec().priority()).contains(77);
    }

    @Test
    void the_same_token_is_the_same_launch_whatever_the_prefix() throws IOException {
        Job parent = job("\"parameterized\":{}");

        assertThat(token(parent, "nightly", "t")).isEqualTo(token(parent, "daily", "t"));
        assertThat(token(parent, "nightly", "t")).isNotEqualTo(token(parent, "nightly", "t2"));
    }

    private static String token(Job parent, String prefix, String token) {
        Dispatch brought =
                new Dispatch(
                        Optional.empty(),
                        Map.of(),
                        Optional.of(prefix),
                        Optional.of(token),
                        Optional.empty());
        return launched(Launches.dispatched(parent, brought, Samples.NOON, ID)).metadata().name();
    }

    @Test
    void one_that_is_forced_in_the_second_of_another_is_launched_beside_it() throws IOException {
        Job parent = job("\"periodic\":{\"crons\":[\"@daily\"]}");

        Job child = launched(Launches.forcedBeside(parent, Samples.NOON, ID));

        assertThat(child.metadata().name())
                .isEqualTo("web/periodic-" + Samples.NOON.getEpochSecond() + "-01234567");
        assertThat(child.launchedBy(parent)).isTrue();
        assertThat(refused(Launches.forcedBeside(job("\"meta\":{}"), Samples.NOON, ID)))
                .contains("is not periodic");
    }

    @Test
    void every_mistake_of_a_dispatch_is_said_at_once() throws IOException {
        Job parent =
                job(
                        """
                        "parameterized":{"payload":"required","metaRequired":["who"]}
                        """);

        assertThat(refused(dispatched(parent, dispatch(Optional.empty(), Map.of("why", "x")))))
                .contains("must bring a payload", "name a file")
                .contains("meta who is required, and not brought: add -meta who=VALUE")
                .contains("meta why is not asked for");
    }

    @Test
    void a_payload_is_base64_of_sixteen_kib_at_most_and_only_where_it_is_wanted()
            throws IOException {
        Job takes = job("\"parameterized\":{}");
        Job refuses = job("\"parameterized\":{\"payload\":\"forbidden\"}");
        String most = base64("x".repeat(16 * 1024));
        String tooMuch = base64("x".repeat(16 * 1024 + 1));

        assertThat(dispatched(takes, dispatch(Optional.of(most), Map.of())))
                .isInstanceOf(Amended.To.class);
        assertThat(refused(dispatched(takes, dispatch(Optional.of(tooMuch), Map.of()))))
                .contains("16385 bytes");
        assertThat(refused(dispatched(takes, dispatch(Optional.of("%%"), Map.of()))))
                .contains("not in Base64");
        assertThat(refused(dispatched(refuses, dispatch(Optional.of(most), Map.of()))))
                .contains("must not bring a payload", "leave it out");
    }

    @Test
    void what_is_not_parameterized_or_stopped_is_not_dispatched() throws IOException {
        assertThat(refused(dispatched(job("\"periodic\":{\"crons\":[\"@daily\"]}"), NOTHING)))
                .isEqualTo("job web is periodic: launch it by `drover job periodic force`");
        assertThat(refused(dispatched(job("\"meta\":{}"), NOTHING)))
                .isEqualTo("job web is not parameterized: run it");
        assertThat(refused(dispatched(job("\"stop\":true,\"parameterized\":{}"), NOTHING)))
                .isEqualTo("job web is stopped: run it again first");
    }

    private static Amended dispatched(Job parent, Dispatch brought) {
        return Launches.dispatched(parent, brought, Samples.NOON, ID);
    }

    private static Dispatch dispatch(Optional<String> payload, Map<String, String> meta) {
        return new Dispatch(payload, meta, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Job job(String fields) throws IOException {
        JobSpec spec =
                RecordJson.read(
                        JobSpec.class,
                        "{\"type\":\"batch\",\"groups\":[{\"name\":\"g\",\"tasks\":[]}],"
                                + fields
                                + "}");
        return Samples.storedJob("web").withSpec(spec);
    }

    private static Job launched(Amended amended) {
        assertThat(amended).isInstanceOf(Amended.To.class);
        return (Job) ((Amended.To) amended).resource();
    }

    private static String refused(Amended amended) {
        assertThat(amended).isInstanceOf(Amended.Not.class);
        return ((Amended.Not) amended).because().replace("default/", "");
    }
}
