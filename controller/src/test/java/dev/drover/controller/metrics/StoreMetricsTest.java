package dev.drover.controller.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.store.Revision;
import dev.drover.store.durable.Distribution;
import dev.drover.store.durable.Stats;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StoreMetricsTest {
    private static final Distribution TIMES =
            new Distribution(
                    List.of(new Distribution.Bucket(0.0001, 2), new Distribution.Bucket(1, 3)),
                    4,
                    12.5);

    private static final String TEXT =
            StoreMetrics.text(
                    new Stats(
                            new Stats.Counts(1, 2, 3, 4, 5, 6),
                            new Stats.Paces(TIMES, TIMES, TIMES, TIMES),
                            new Stats.Revisions(
                                    new Revision(30), new Revision(20), new Revision(10)),
                            new Stats.Sizes(7, 8, 9, 10, 11, 12)),
                    true);

    @Test
    void a_number_has_its_type_its_unit_its_meaning_and_its_value() {
        assertThat(TEXT)
                .contains(
                        """
                        # TYPE drover_store_transactions counter
                        # HELP drover_store_transactions Transactions by what became of them.
                        drover_store_transactions_total{result="conflict"} 2
                        drover_store_transactions_total{result="done"} 1
                        drover_store_transactions_total{result="refused"} 3
                        drover_store_transactions_total{result="unknown"} 4
                        """)
                .contains(
                        """
                        # TYPE drover_store_sync_seconds histogram
                        # UNIT drover_store_sync_seconds seconds
                        # HELP drover_store_sync_seconds How long the disk needed for what was written.
                        drover_store_sync_seconds_bucket{le="0.0001"} 2
                        drover_store_sync_seconds_bucket{le="1"} 3
                        drover_store_sync_seconds_bucket{le="+Inf"} 4
                        drover_store_sync_seconds_count 4
                        drover_store_sync_seconds_sum 12.5
                        """)
                .endsWith("# EOF\n");
    }

    /// Names are promised: the page and the program say the same ones.
    @Test
    void every_name_stands_in_the_page_of_the_store_and_none_else() throws Exception {
        Path page = Path.of("").toAbsolutePath().resolveSibling("docs/store.md");

        assertThat(names("# TYPE (\\S+) ", TEXT))
                .hasSizeGreaterThan(10)
                .containsExactlyInAnyOrderElementsOf(
                        names("(?m)^\\| `(drover_[a-z_]+)`", Files.readString(page)));
    }

    private static List<String> names(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
