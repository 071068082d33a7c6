package dev.drover.controller.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.controller.http.Call;
import dev.drover.controller.http.RequestFailed;
import dev.drover.controller.testing.Samples;
import dev.drover.store.memory.MemoryStore;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RemainsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

    private final Tables tables = new Tables(new MemoryStore("test", CLOCK));

    private void put(String id, String namespace) {
        var allocation = Samples.allocation(id, "web", "n1");
        tables.commit(
                Write.of(
                        new Write.Step.Create(
                                allocation.withMetadata(allocation.metadata().in(namespace)))));
    }

    private String meant(String namespace, String id) throws RequestFailed {
        Map<String, String> parameters = Map.of("namespace", namespace, "name", id);
        return Remains.allocation(
                        new Call("1", "GET", "/", parameters, Map.of(), Map.of(), ""), tables)
                .id();
    }

    @Test
    void the_beginning_of_an_id_is_looked_for_in_its_namespace_alone() throws RequestFailed {
        put("ab1", "a");
        put("ab2", "a");
        put("ab3", "default");

        assertThat(meant("default", "ab")).isEqualTo("ab3");
        assertThatThrownBy(() -> meant("default", "ab1")).hasMessageContaining("not found");
    }

    @Test
    void several_that_begin_so_are_none_but_the_one_that_is_called_so() throws RequestFailed {
        put("ab", "default");
        put("ab2", "default");

        assertThat(meant("default", "ab")).isEqualTo("ab");
        assertThatThrownBy(() -> meant("default", "a"))
                .hasMessageContaining("several allocations begin with a");
    }
}
