package dev.drover.store.linear;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds an order of operations on one key that respects time and explains every answer, or proves
/// that there is none (Wing and Gong's search, with Lowe's memory of what was tried).
final class Checker {
    /// Sets of operations times values that are worth trying: far more than a history of some
    /// hundred operations by a few callers has.
    private static final int TRIED_MAX = 2_000_000;

    private final List<Operation> operations;
    private final Set<Tried> tried = new HashSet<>();

    /// These operations are placed, and the key holds this.
    private record Tried(BitSet placed, long value) {}

    private Checker(List<Operation> operations) {
        this.operations = operations;
    }

    /// Whether the operations could have happened one after the other on a key that was absent.
    static boolean linearizable(List<Operation> history) {
        List<Operation> byTime = new ArrayList<>(history);
        byTime.sort(Comparator.comparingLong(Operation::invokedNanos));
        return new Checker(byTime).search();
    }

    /// Depth first with a stack of its own: a history may be deeper than a thread's.
    private boolean search() {
        List<Tried> open = new ArrayList<>();
        open.add(new Tried(new BitSet(), Operation.ABSENT));
        while (!open.isEmpty()) {
            Tried state = open.removeLast();
            if (state.placed().cardinality() == operations.size()) {
                return true;
            }
            open.addAll(next(state));
        }
        return false;
    }

    /// Each operation that may be the next one: nothing that is left over returned before it began.
    private List<Tried> next(Tried state) {
        List<Tried> next = new ArrayList<>();
        long firstReturn = Long.MAX_VALUE;
        for (int i = state.placed().nextClearBit(0);
                i < operations.size() && operations.get(i).invokedNanos() <= firstReturn;
                i = state.placed().nextClearBit(i + 1)) {
            Operation operation = operations.get(i);
            firstReturn = Math.min(firstReturn, operation.returnedNanos());
            if (operation.fits(state.value())) {
                BitSet placed = (BitSet) state.placed().clone();
                placed.set(i);
                Tried following = new Tried(placed, operation.after(state.value()));
                if (tried.add(following)) {
                    next.add(following);
                }
            }
        }
        if (tried.size() > TRIED_MAX) {
            throw new IllegalStateException("too long a history to decide: record a shorter one");
        }
        return next;
    }
}
