package dev.drover.reconcilers.loop;

import dev.drover.reconcilers.decision.Decision;
import dev.drover.store.Commit;
import dev.drover.store.lease.Epoch;
import dev.drover.store.typed.Tables;
import java.util.List;

/// The shell's way of writing decisions, for tests of other packages.
public final class Committing {
    private final Commits commits;

    /// Takes the lead.
    public Committing(Tables tables, String holder) {
        commits = new Commits(tables, Epoch.take(tables.store(), holder), () -> {});
    }

    /// An answer for each decision.
    public List<Commit> all(List<Decision> decisions) {
        return commits.all(decisions);
    }
}
