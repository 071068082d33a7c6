package dev.drover.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Resource;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ChangesTest {
    @Test
    void conditions_that_change_alike_are_one_line() throws Exception {
        assertThat(Changes.between(job("waits", "waits"), job("runs", "runs")))
                .containsExactly(
                        "~ status.conditions[Ready,Stalled].message = \"waits\" → \"runs\"");
    }

    @Test
    void conditions_that_change_apart_are_two() throws Exception {
        assertThat(Changes.between(job("waits", "waits"), job("runs", "no")))
                .containsExactly(
                        "~ status.conditions[Ready].message = \"waits\" → \"runs\"",
                        "~ status.conditions[Stalled].message = \"waits\" → \"no\"");
    }

    private static Resource job(String ready, String stalled) throws IOException {
        return RecordJson.read(
                Job.class,
                """
                {"apiVersion":"drover.dev/v1","kind":"Job","metadata":{"name":"web"},"spec":{},
                 "status":{"version":0,"observedGeneration":1,"phase":"running","groups":{},"conditions":[
                   {"type":"Ready","status":"False","reason":"R","message":"%s","observedGeneration":1,
                    "lastTransitionTime":"2026-05-01T12:00:00Z"},
                   {"type":"Stalled","status":"False","reason":"R","message":"%s","observedGeneration":1,
                    "lastTransitionTime":"2026-05-01T12:00:00Z"}]}}
                """
                        .formatted(ready, stalled));
    }
}
