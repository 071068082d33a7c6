package dev.drover.node.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.wire.AllocationReport;
import dev.drover.manifests.wire.FromNode.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportsTest {
    @TempDir Path folder;
    private ReportNumbers numbers;
    private Reports reports;

    @BeforeEach
    void open() throws IOException {
        numbers = ReportNumbers.open(folder.resolve("reports"));
        reports = new Reports(numbers);
    }

    private static AllocationReport said(String id, String because) {
        AllocationStatus unseen = AllocationStatus.unseen();
        return new AllocationReport(
                id,
                "default",
                new AllocationStatus(
                        unseen.phase(),
                        because,
                        unseen.tasks(),
                        unseen.healthy(),
                        unseen.reported(),
                        unseen.finished()));
    }

    private static List<String> words(Report report) {
        return report.allocations().stream().map(a -> a.id() + " " + a.status().because()).toList();
    }

    @Test
    void the_newest_word_of_each_is_said() throws Exception {
        reports.add(said("a", "one"));
        reports.add(said("b", "one"));
        reports.add(said("a", "two"));

        assertThat(words(reports.next())).containsExactly("b one", "a two");
    }

    @Test
    void who_is_late_on_a_link_that_has_ended_takes_nothing() throws Exception {
        reports.add(said("a", "one"));
        reports.startOver(); // another link has begun
        Thread.currentThread().interrupt();

        assertThatThrownBy(reports::next).isInstanceOf(InterruptedException.class);

        assertThat(words(reports.next())).containsExactly("a one");
    }

    @Test
    void what_was_not_taken_is_said_again_on_the_next_link() throws Exception {
        reports.add(said("a", "one"));
        reports.add(said("b", "one"));
        Report lost = reports.next();
        reports.add(said("a", "two"));

        reports.startOver();

        Report again = reports.next();
        assertThat(words(again)).containsExactly("a two", "b one");
        assertThat(again.sequence()).isGreaterThan(lost.sequence());
    }

    @Test
    void what_was_taken_is_not_said_again() throws Exception {
        reports.add(said("a", "one"));
        reports.taken(reports.next().sequence());
        reports.add(said("b", "one"));
        reports.startOver();

        assertThat(words(reports.next())).containsExactly("b one");
    }

    @Test
    void numbers_rise_over_restarts_and_above_what_the_server_has_seen() throws Exception {
        long first = numbers.next();
        ReportNumbers later = ReportNumbers.open(folder.resolve("reports"));
        long second = later.next();
        later.atLeast(1_000_000);

        assertThat(second).isGreaterThan(first);
        assertThat(later.next()).isEqualTo(1_000_001);
    }

    @Test
    void a_long_absence_is_told_in_parts() throws Exception {
        for (int i = 0; i < 450; i++) {
            reports.add(said("a" + i, "one"));
        }

        Report first = reports.next();
        reports.taken(first.sequence());

        assertThat(first.allocations()).hasSize(200);
        assertThat(reports.next().allocations()).hasSize(200);
    }
}
