package dev.drover.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.controller.http.Answer;
import dev.drover.controller.http.Call;
import dev.drover.controller.http.RequestFailed;
import dev.drover.controller.testing.Samples;
import dev.drover.store.memory.MemoryStore;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
    private static final Pattern NAME = Pattern.compile("\"name\":\"(a[0-9])\"");

    private final Unlisted store = new Unlisted(new MemoryStore("test", CLOCK));
    private final Tables tables = new Tables(store);
    private final Reads reads = new Reads(tables, new Watching(tables), CLOCK);

    @BeforeEach
    void write() {
        put("a3", "api", "n1");
        put("a1", "web", "n1");
        put("a2", "web", "n2");
        put("a4", "web", "n1");
    }

    private void put(String id, String job, String node) {
        tables.commit(Write.of(new Write.Step.Create(Samples.allocation(id, job, node))));
    }

    @Test
    void a_list_of_a_nodes_allocations_reads_no_others() throws RequestFailed {
        assertThat(names(list("", "spec.node=n1"))).containsExactly("a1", "a3", "a4");
        assertThat(names(list("default", "spec.node=n1"))).containsExactly("a1", "a3", "a4");
        assertThat(names(list("other", "spec.node=n1"))).isEmpty();
        assertThat(store.lists()).isZero();
    }

    @Test
    void a_list_of_a_jobs_allocations_reads_no_others() throws RequestFailed {
        assertThat(names(list("default", "spec.jobName=web"))).containsExactly("a1", "a2", "a4");
        assertThat(names(list("default", "spec.jobName=web,spec.node!=n1"))).containsExactly("a2");
        assertThat(names(list("default", "spec.jobName=none"))).isEmpty();
        assertThat(store.lists()).isZero();
    }

    @Test
    void a_list_of_anything_else_reads_them_all() throws RequestFailed {
        assertThat(names(list("", "spec.jobName=web"))).containsExactly("a1", "a2", "a4");
        assertThat(names(list("", "spec.node!=n1"))).containsExactly("a2");
        assertThat(store.lists()).isEqualTo(2);
    }

    @Test
    void its_pages_are_of_one_revision_whatever_happens_between_them() throws RequestFailed {
        String first = list("default", "spec.node=n1", "limit", "2");
        put("a0", "web", "n1");
        put("a5", "web", "n1");

        String second = list("default", "spec.node=n1", "limit", "2", "continue", token(first));

        assertThat(names(first)).containsExactly("a1", "a3");
        assertThat(names(second)).containsExactly("a4");
    }

    private String list(String namespace, String fields, String... more) throws RequestFailed {
        var query = new HashMap<>(Map.of("fieldSelector", List.of(fields)));
        for (int i = 0; i < more.length; i += 2) {
            query.put(more[i], List.of(more[i + 1]));
        }
        Map<String, String> path =
                namespace.isEmpty()
                        ? Map.of("plural", "allocations")
                        : Map.of("plural", "allocations", "namespace", namespace);
        Call call = new Call("1", "GET", "/allocations", path, query, Map.of(), "");
        return ((Answer.Whole) reads.collection(call)).content();
    }

    private static String token(String page) {
        return page.replaceAll("(?s).*\"continue\":\"([^\"]+)\".*", "$1");
    }

    private static List<String> names(String page) {
        List<String> names = new ArrayList<>();
        for (Matcher name = NAME.matcher(page); name.find(); ) {
            names.add(name.group(1));
        }
        return names;
    }
}
