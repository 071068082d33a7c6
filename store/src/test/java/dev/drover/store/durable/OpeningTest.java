package dev.drover.store.durable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.store.Bytes;
import dev.drover.store.Entry;
import dev.drover.store.Key;
import dev.drover.store.ListRequest;
import dev.drover.store.Listing;
import dev.drover.store.Prefix;
import dev.drover.store.Store;
import dev.drover.store.Txn;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is read when a store is opened: in parts, which begin where files do.
class OpeningTest {
    private static final int FILES = 9;

    @Test
    void a_store_of_many_files_that_overlap_comes_back_whole(@TempDir Path folder) {
        Map<Key, Bytes> written = new TreeMap<>();
        try (Opened opened = new Opened(folder, Settings.standard().halt(Opened.FAIL))) {
            for (int file = 0; file < FILES; file++) {
                Store store = opened.reopened(); // what was in the log is a file then
                for (int i = file; i < 20 * FILES; i += 1 + file % 3) {
                    Bytes value = Bytes.utf8("file " + file);
                    written.put(key(i), value);
                    store.commit(Txn.put(key(i), value));
                }
            }

            Map<Key, Bytes> found = new LinkedHashMap<>();
            entries(opened.reopened()).forEach(e -> found.put(e.key(), e.value()));
            assertThat(found).containsExactlyEntriesOf(written);
        }
    }

    private static Key key(int number) {
        return Key.of("jobs", "default", "job-" + number);
    }

    private static List<Entry> entries(Store store) {
        return ((Listing.Page) store.list(ListRequest.of(Prefix.EVERYTHING))).entries();
    }
}
