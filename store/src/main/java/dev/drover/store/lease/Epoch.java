package dev.drover.store.lease;

import dev.drover.store.Bytes;
import dev.drover.store.Commit;
import dev.drover.store.Compare;
import dev.drover.store.Key;
import dev.drover.store.Revision;
import dev.drover.store.Store;
import dev.drover.store.Txn;
import java.io.IOException;
import java.io.UncheckedIOException;

/// One leader's time in office. A server takes it at its start; whoever took it before can write
/// nothing any more, since each transaction of a loop carries [#stillMine()].
///
/// @param taken the revision that took it
public record Epoch(Revision taken) {
    private static final Key LEADER = Key.ofCluster("leases", "leader");

    /// Takes office, whoever held it.
    ///
    /// @param holder for people who look at the lease; it decides nothing
    /// @throws UncheckedIOException when the store does not take the write: its disk is full
    public static Epoch take(Store store, String holder) {
        return switch (store.commit(Txn.put(LEADER, Bytes.utf8(holder)))) {
            case Commit.Done done -> new Epoch(done.revision());
            case Commit.Conflict _ -> throw new IllegalStateException("conflict without condition");
            case Commit.Unknown(String why) -> throw notTaken(why);
            case Commit.Refused(String why) -> throw notTaken(why);
        };
    }

    private static UncheckedIOException notTaken(String why) {
        return new UncheckedIOException(new IOException("cannot become the leader: " + why));
    }

    /// Holds until somebody else takes office.
    public Compare stillMine() {
        return Compare.unchanged(LEADER, taken);
    }
}
