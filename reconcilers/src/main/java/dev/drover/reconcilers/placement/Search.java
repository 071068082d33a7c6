package dev.drover.reconcilers.placement;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// What is looked for, where, and beside whom: one group's copies while they are placed.
final class Search {
    private final Ask ask;
    private final Room room;
    private final Siblings siblings;
    private final Score.Comparison comparison;
    private final boolean plain;
    private @Nullable BitSet suited;

    /// @param siblings the job's other copies, of which the ask may want to keep apart
    Search(Ask ask, Room room, Siblings siblings) {
        this.ask = ask;
        this.room = room;
        this.siblings = siblings;
        this.plain = ask.apart().isNothing() && ask.demand().isPlain();
        this.comparison = new Score.Comparison(ask, room, siblings);
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
}
