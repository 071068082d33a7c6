package dev.drover.store.machine;

import dev.drover.store.Revision;
import dev.drover.store.Txn;
import java.time.Instant;
import java.util.List;

/// What a log carries. Everything that clocks and chance decide is in it already, so that every
/// server that applies it comes to the same state.
public sealed interface Command {
    /// Independent transactions in this order.
    ///
    /// @param time when they were sent; ages request ids
    record Transact(List<Txn> txns, Instant time) implements Command {
        /// Takes a copy of the list.
        public Transact {
            txns = List.copyOf(txns);
        }
    }

    /// Forgets the states before a revision.
    record Compact(Revision to) implements Command {}
}
