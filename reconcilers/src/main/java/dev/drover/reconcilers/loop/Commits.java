package dev.drover.reconcilers.loop;

import dev.drover.manifests.model.Resource;
import dev.drover.reconcilers.decision.Action;
import dev.drover.reconcilers.decision.Decision;
import dev.drover.store.Commit;
import dev.drover.store.lease.Epoch;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decisions as transactions of the one who leads. Each is written whole or not at all, and nothing
/// is once somebody else leads.
final class Commits {
    private final Tables tables;
    private final Epoch epoch;
    private final Runnable deposed;

    /// @param deposed called when a transaction finds another leader; may be called often
    Commits(Tables tables, Epoch epoch, Runnable deposed) {
        this.tables = tables;
        this.epoch = epoch;
        this.deposed = deposed;
    }

    /// One decision.
    Commit commit(Decision decision) {
        return all(List.of(decision)).getFirst();
    }

    /// Independent decisions with one wait for the disk: an answer for each.
    List<Commit> all(List<Decision> decisions) {
        List<Commit> commits = tables.commitAll(decisions.stream().map(this::write).toList());
        boolean other = commits.stream().anyMatch(this::byAnotherLeader);
        if (other) {
            deposed.run();
        }
        return commits;
    }

    private boolean byAnotherLeader(Commit commit) {
        return commit instanceof Commit.Conflict conflict
                && conflict.key().equals(epoch.stillMine().key());
    }

    private Write write(Decision decision) {
        List<Write.Step> steps = new ArrayList<>();
        steps.add(new Write.Step.Under(epoch));
        for (Action action : decision.actions()) {
            steps.add(
                    switch (action) {
                        case Action.Create(Resource made) -> new Write.Step.Create(made);
                        case Action.Replace(Resource changed) -> new Write.Step.Replace(changed);
                        case Action.Delete(Resource gone) -> new Write.Step.Delete(gone);
                        case Action.Unchanged(Resource seen) -> new Write.Step.Unchanged(seen);
                    });
        }
        return new Write(steps, Optional.empty());
    }
}
