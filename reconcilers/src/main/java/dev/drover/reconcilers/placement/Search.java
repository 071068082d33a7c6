package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Granted;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// What is looked for, where, and beside whom: one group's copies while they are placed.
final class Search {
    private final Ask ask;
    private final Room room;
    private final Siblings siblings;
    private final Score.Comparison comparison;
    private final boolean plain;
    private final @Nullable Granted[] granted;
    private @Nullable BitSet suited;
    private long @Nullable [] suitedWords;

    /// @param siblings the job's other copies, of which the ask may want to keep apart
    Search(Ask ask, Room room, Siblings siblings) {
        this.ask = ask;
        this.room = room;
        this.siblings = siblings;
        this.plain = ask.apart().isNothing() && ask.demand().isPlain();
        this.comparison = new Score.Comparison(ask, room, siblings);
        this.granted = new Granted[room.terrain().sizes().size()];
    }

    Ask ask() {
        return ask;
    }

    /// Whether any node with enough of everything does.
    boolean isPlain() {
        return plain;
    }

    Room room() {
        return room;
    }

    Siblings siblings() {
        return siblings;
    }

    /// How nodes that fit are compared.
    Score.Comparison comparison() {
        return comparison;
    }

    /// The nodes of the kind that is asked for. Asked of all nodes at once, and only when a place
    /// is looked for on any of them.
    BitSet suited() {
        BitSet known = suited;
        if (known == null) {
            known = room.suited(ask.where());
            suited = known;
        }
        return known;
    }

    /// The same, 64 nodes in each word: the candidates of a copy are walked through bit by bit.
    long[] suitedWords() {
        long[] known = suitedWords;
        if (known == null) {
            int words = Math.ceilDiv(room.size(), Long.SIZE);
            known = Arrays.copyOf(suited().toLongArray(), words);
            suitedWords = known;
        }
        return known;
    }

    /// What a copy gets on a node. Where nothing of it is the copy's own, every copy on nodes of
    /// one kind gets the same.
    Granted granted(int node, long seed) {
        Ask.Demand demand = ask.demand();
        if (!demand.isPlain() || demand.memoryMaxMib() > demand.memoryMib()) {
            return Scheduler.granted(this, node, seed);
        }
        int kind = room.terrain().kind(node);
        Granted known = granted[kind];
        if (known == null) {
            known = Scheduler.granted(this, node, seed);
            granted[kind] = known;
        }
        return known;
    }
}
