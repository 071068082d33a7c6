package dev.drover.controller.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.controller.http.RequestFailed;
import dev.drover.controller.testing.Samples;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Metadata;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
    private static final Job WEB = labelled(Map.of("app", "web", "tier", "front"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app=web                  | true",
                "app==web                 | true",
                "app=we                   | false",
                "app=web-2                | false",
                "app!=web                 | false",
                "team!=a                  | true",
                "app=web,tier=back        | false",
                "app in (db, web)         | true",
                "app in (db),tier=front   | false",
                "app notin (db)           | true",
                "team notin (a)           | true",
                "app                      | true",
                "!app                     | false",
                "!team                    | true",
                "app in (a,b),tier notin (front) | false"
            })
    void labels_select_as_kubernetes_says(String selector, boolean selected) throws RequestFailed {
        assertThat(Selection.of(selector, "").selects(WEB)).isEqualTo(selected);
    }

    @ParameterizedTest
    @CsvSource({
        "spec.node=n1, true",
        "spec.node=n, false",
        "spec.node!=n2, true",
        "metadata.name=a-1, true",
        "metadata.namespace=default, true",
        "spec.jobName=web, true"
    })
    void fields_select_exactly(String selector, boolean selected) throws RequestFailed {
        var allocation = Samples.allocation("a-1", "web", "n1");

        assertThat(Selection.of("", selector).selects(allocation)).isEqualTo(selected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"app in web", "a b", "=x", "app in (a", "app=a b"})
    void nonsense_is_refused_with_what_is_possible(String selector) {
        assertThatThrownBy(() -> Selection.of(selector, "")).hasMessageContaining("labelSelector");
    }

    @Test
    void an_unknown_field_is_refused_with_those_that_are_known() {
        assertThatThrownBy(() -> Selection.of("", "spec.color=red"))
                .hasMessageContaining("spec.node");
    }

    private static Job labelled(Map<String, String> labels) {
        Job job = Samples.job("web");
        Metadata m = job.metadata();
        return job.withMetadata(
                new Metadata(
                        m.name(),
                        m.namespace(),
                        m.uid(),
                        m.resourceVersion(),
                        m.generation(),
                        m.creationTimestamp(),
                        m.deletionTimestamp(),
                        labels,
                        m.annotations(),
                        m.finalizers(),
                        m.ownerReferences()));
    }
}
