package dev.drover.reconcilers.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.ResourceName;
import dev.drover.store.Revision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllocationsTest {
    private static final ResourceName WEB = new ResourceName("default", "web");
    private static final String FIRST = "11111111-1111-1111-1111-111111111111";
    private static final String SECOND = "22222222-2222-2222-2222-222222222222";

    @Test
    void comes_back_as_it_was_whatever_is_in_it() {
        List<Allocation> all =
                List.of(
                        full(FIRST, "\"uid\": \"%s\"".formatted(FIRST)),
                        full(SECOND, "\"resourceVersion\": \"77\", \"labels\": {\"a\": \"b\"}"),
                        full("web.1", "\"uid\": \"another\""),
                        bare("z"));

        Cluster cluster = fed(Cluster.empty(), all);

        assertThat(cluster.allocationsOf(WEB)).containsExactlyElementsOf(all);
        assertThat(cluster.allocationsOf(WEB).get(SECOND)).contains(all.get(1));
        assertThat(cluster.allocationsOf(WEB).get("other")).isEmpty();
        assertThat(cluster.residentsOf("n1").allocations()).containsExactlyElementsOf(all);
    }

    @Test
    void another_state_takes_the_place_of_the_one_before() {
        Allocation pending = bare(FIRST);
        Allocation later = full(FIRST, "\"resourceVersion\": \"8\"");

        Cluster before = fed(Cluster.empty(), List.of(pending));
        Cluster after = fed(before, List.of(later));

        assertThat(before.allocationsOf(WEB)).containsExactly(pending);
        assertThat(after.allocationsOf(WEB)).containsExactly(later);
        assertThat(after.residentsOf("n1").cpu()).isEqualTo(later.spec().granted().cpu());
    }

    private static Cluster fed(Cluster before, List<Allocation> all) {
        List<ClusterChange> changes = new ArrayList<>();
        all.forEach(allocation -> changes.add(ClusterChange.added(allocation)));
        return ClusterFeed.apply(before, changes, new Revision(1));
    }

    private static Allocation bare(String name) {
        return full(name, "\"labels\": {}").withStatus(AllocationStatus.unseen());
    }

    private static Allocation full(String name, String metadata) {
        try {
            return RecordJson.read(
                    Allocation.class,
                    """
                    {"metadata": {"name": "%s", "namespace": "default", "generation": 3,
                                  "creationTimestamp": "2026-05-01T12:00:00.123Z", %s},
                     "spec": {"jobName": "web", "jobUid": "u", "jobVersion": 2, "group": "web", "index": 7,
                              "attempt": 4, "node": "n1", "granted": {"cpu": 100, "memoryMib": 64,
                              "ports": [{"label": "http", "value": 8080}]}, "desired": "stop",
                              "desiredBecause": "it is over", "evaluation": "e", "previous": "p",
                              "deployment": "d", "canary": true},
                     "status": {"phase": "running", "because": "Tasks are running", "healthy": true,
                                "reported": 5, "finished": "2026-05-01T12:00:01Z",
                                "tasks": {"web": {"phase": "running", "restarts": 1,
                                          "started": "2026-05-01T12:00:00.5Z",
                                          "events": [{"time": "2026-05-01T12:00:00Z", "type": "Started",
                                                      "message": "it runs"}]}},
                                "services": [{"name": "web", "address": "10.0.0.1", "port": 8080,
                                              "tags": ["a"], "passing": true}]}}
                    """
                            .formatted(name, metadata));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
