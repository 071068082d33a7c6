package dev.drover.store.typed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Namespace;
import dev.drover.manifests.model.NamespaceSpec;
import dev.drover.manifests.model.Resource;
import dev.drover.store.Bytes;
import dev.drover.store.Entry;
import dev.drover.store.Key;
import dev.drover.store.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RecentTest {
    private final Records.Recent recent = new Records.Recent();
    private final List<Entry> read = new ArrayList<>();

    private static Entry entry(String name, int version) {
        Revision modified = new Revision(version);
        return new Entry(
                Key.ofCluster("namespaces", name),
                Bytes.utf8(name + version),
                new Revision(1),
                modified,
                version);
    }

    private String of(Entry entry) {
        return recent.of(entry, this::read).orElseThrow().metadata().name();
    }

    private Optional<Resource> read(Entry entry) {
        read.add(entry);
        return Optional.of(namespace(entry.toString()));
    }

    private static Resource namespace(String name) {
        return new Namespace(named(name), new NamespaceSpec(Optional.empty()));
    }

    private static Metadata named(String name) {
        return Metadata.named("", name);
    }

    @Test
    void an_entry_that_several_watches_show_is_read_once() {
        Entry entry = entry("a", 1);

        assertThat(of(entry)).isEqualTo(of(entry)).isEqualTo(entry.toString());

        assertThat(read).hasSize(1);
    }

    @Test
    void what_was_written_over_it_is_read() {
        Entry later = entry("a", 2);
        of(entry("a", 1));

        assertThat(of(later)).isEqualTo(later.toString());
    }

    @Test
    void what_was_written_is_not_read_and_tells_where_it_is_stored() {
        Entry entry = entry("a", 7);
        recent.written(entry.key(), entry.value(), namespace("written"));

        Optional<Resource> first = recent.of(entry, this::read);

        assertThat(first).contains(namespace("written").withMetadata(named("written").at("7")));
        assertThat(recent.of(entry, this::read)).isEqualTo(first);
        assertThat(read).isEmpty();
    }

    @Test
    void what_was_replaced_is_not_read_again() {
        Entry first = entry("a", 1);
        Entry second = entry("a", 2);
        Entry third = entry("a", 3);
        of(first); // by somebody who watched it come
        recent.written(second.key(), second.value(), namespace("second"));
        of(second);
        of(first);
        recent.written(third.key(), third.value(), namespace("third"));

        assertThat(of(third)).isEqualTo("third");
        assertThat(of(second)).isEqualTo("second");
        assertThat(read).containsExactly(first);
    }

    @Test
    void what_was_read_of_the_past_does_not_take_the_place_of_what_was_written() {
        Entry first = entry("a", 1);
        Entry second = entry("a", 2);
        Entry third = entry("a", 3);
        recent.written(second.key(), second.value(), namespace("second"));
        of(second);
        of(first); // not known: written before there was anybody
        recent.written(third.key(), third.value(), namespace("third"));

        assertThat(of(second)).isEqualTo("second");
        assertThat(read).containsExactly(first);
    }

    @Test
    void what_was_not_stored_after_all_is_not_shown() {
        Entry entry = entry("a", 7);
        recent.written(entry.key(), Bytes.utf8("refused"), namespace("refused"));

        assertThat(of(entry)).isEqualTo(entry.toString());
    }

    @Test
    void however_many_there_are_each_is_what_it_holds() {
        for (int i = 0; i < 20_000; i++) { // more than it has places for
            Entry entry = entry("a" + i, 1);

            assertThat(of(entry)).isEqualTo(entry.toString());
        }
    }

    @Test
    void what_cannot_be_read_is_tried_again() {
        Entry entry = entry("a", 1);
        assertThat(recent.of(entry, _ -> Optional.empty())).isEmpty();

        assertThat(of(entry)).isEqualTo(entry.toString());
    }
}
