package dev.drover.controller.metrics;

import dev.drover.controller.http.Answer;
import dev.drover.store.durable.Stats;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Answers `/metrics`: what the store has done and how large it is.
public final class StoreMetrics {
    private final Supplier<Stats> stats;
    private final BooleanSupplier ready;

    /// Asks the store each time it is asked.
    ///
    /// @param ready whether jobs are taken and decided
    public StoreMetrics(Supplier<Stats> stats, BooleanSupplier ready) {
        this.stats = stats;
        this.ready = ready;
    }

    /// The numbers of now.
    public Answer answer() {
        return new Answer.Whole(
                200, OpenMetrics.CONTENT_TYPE, text(stats.get(), ready.getAsBoolean()), Map.of());
    }

    static String text(Stats stats, boolean ready) {
        OpenMetrics out = new OpenMetrics();
        out.gauge(
                "drover_server_ready",
                "1 when jobs are taken and decided; /readyz says why not.",
                ready ? 1 : 0);
        commits(stats, out);
        watches(stats, out);
        past(stats, out);
        Stats.Sizes sizes = stats.sizes();
        out.gauge("drover_store_keys", "Entries of the newest state.", sizes.keys());
        out.gauge("drover_store_file_bytes", "Tables on disk.", sizes.fileBytes());
        out.gauge(
                "drover_store_log_bytes",
                "The log, which is read again when the store is opened.",
                sizes.logBytes());
        out.gauge("drover_store_disk_free_bytes", "What the disk has left.", sizes.freeBytes());
        return out.text();
    }

    private static void commits(Stats stats, OpenMetrics out) {
        Stats.Counts counts = stats.counts();
        out.counter(
                "drover_store_transactions",
                "Transactions by what became of them.",
                "result",
                new TreeMap<>(
                        Map.of(
                                "done", counts.done(),
                                "conflict", counts.conflicts(),
                                "refused", counts.refused(),
                                "unknown", counts.unknown())));
        out.histogram(
                "drover_store_group_transactions",
                "Transactions that are written at once.",
                stats.paces().groups());
        out.histogram(
                "drover_store_queue_seconds",
                "How long the first transaction of a group waited to be taken.",
                stats.paces().queued());
        out.histogram(
                "drover_store_sync_seconds",
                "How long the disk needed for what was written.",
                stats.paces().syncs());
    }

    private static void watches(Stats stats, OpenMetrics out) {
        out.gauge("drover_store_watches", "Open watches.", stats.sizes().watches());
        out.gauge(
                "drover_store_watch_lag_revisions",
                "Revisions that the slowest watch has not been given.",
                stats.sizes().watchLag());
        out.counter(
                "drover_store_watch_replays",
                "How often a watch was so far behind that it was fed from disk.",
                stats.counts().replays());
    }

    private static void past(Stats stats, OpenMetrics out) {
        Stats.Revisions revisions = stats.revisions();
        out.gauge("drover_store_revision", "The newest one.", revisions.newest().number());
        out.gauge(
                "drover_store_compacted_revision",
                "What was before this revision is forgotten.",
                revisions.compacted().number());
        out.gauge(
                "drover_store_cleaned_revision",
                "Up to this revision the past is removed from disk.",
                revisions.cleaned().number());
        out.counter(
                "drover_store_cleaned_changes",
                "Changes whose past was removed from disk.",
                stats.counts().cleaned());
        out.histogram(
                "drover_store_cleaning_seconds",
                "How long it took to remove a slice of the past.",
                stats.paces().cleanings());
    }
}
