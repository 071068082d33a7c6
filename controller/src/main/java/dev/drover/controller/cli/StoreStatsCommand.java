package dev.drover.controller.cli;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.wire.StoreStatus;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `drover store stats`: how the server's store fares.
final class StoreStatsCommand implements Command {
    private static final double MICROS_OF_A_MILLI = 1_000;

    @Override
    public CommandSpec spec() {
        return Options.shows(
                "store stats",
                "Shows how large the server's store is and what it has done.",
                List.of("drover store stats", "drover store stats -o json"));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        StoreStatus status = invocation.client().storeStatus();
        if (!Documents.print(() -> RecordJson.text(status), invocation)) {
            invocation.out().fields(fields(status));
        }
        return 0;
    }

    private static Fields fields(StoreStatus status) {
        StoreStatus.Revisions revisions = status.revisions();
        StoreStatus.Work work = status.work();
        StoreStatus.Sizes sizes = status.sizes();
        return new Fields()
                .add("Cluster", status.cluster())
                .add("Revision", revisions.newest())
                .add("Kept Since", revisions.compacted())
                .add("Keys", sizes.keys())
                .add("Tables", Sizes.of(sizes.fileBytes()))
                .add("Log", Sizes.of(sizes.logBytes()))
                .add("Disk Left", Sizes.of(sizes.freeBytes()))
                .add("Transactions", transactions(work))
                .add("Syncs", syncs(work))
                .add("Watches", watches(sizes))
                .add("Still To Remove", Math.max(0, revisions.compacted() - revisions.cleaned()));
    }

    private static String transactions(StoreStatus.Work work) {
        return "%d done, %d in conflict, %d refused, %d unknown"
                .formatted(work.done(), work.conflicts(), work.refused(), work.unknown());
    }

    private static String syncs(StoreStatus.Work work) {
        return work.syncs() == 0
                ? "none yet"
                : "%d, %.2f ms each, for %.1f transactions"
                        .formatted(
                                work.syncs(),
                                work.syncMicros() / MICROS_OF_A_MILLI / work.syncs(),
                                (double) work.done() / work.syncs());
    }

    private static String watches(StoreStatus.Sizes sizes) {
        return sizes.watches() + ", the slowest " + sizes.watchLag() + " revisions behind";
    }
}
