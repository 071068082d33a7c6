package dev.drover.reconcilers.placement;

import java.util.Optional;

/// How many copies of a job and of one of its groups are on nodes with each value of a property.
final class Tally {
    private final Terrain.Column column;
    private final int[] ofJob;
    private final int[] ofGroup;
    private int used;
    private int most;
    private int fewest;
    private int withFewest;

    Tally(Terrain.Column column) {
        this.column = column;
        this.ofJob = new int[column.size()];
        this.ofGroup = new int[column.size()];
    }

    Terrain.Column column() {
        return column;
    }

    void add(int node, boolean group) {
        int value = column.on(node);
        if (value >= 0) {
            ofJob[value]++;
            if (group) {
                int before = ofGroup[value]++;
                moved(before);
            }
        }
    }

    /// Keeps the extremes over the values that have some.
    private void moved(int before) {
        most = Math.max(most, before + 1);
        if (before == 0) {
            used++;
            withFewest = fewest == 1 ? withFewest + 1 : 1;
            fewest = 1;
        } else if (before == fewest && --withFewest == 0) {
            fewest = before + 1;
            for (int count : ofGroup) {
                withFewest += count == fewest ? 1 : 0;
            }
        }
    }

    /// The copies on nodes with this one's value.
    Optional<Siblings.Alike> alike(int node) {
        int value = column.on(node);
        return value < 0
                ? Optional.empty()
                : Optional.of(
                        new Siblings.Alike(column.value(value), ofJob[value], ofGroup[value]));
    }

    /// Copies of the group on nodes with the value of that number.
    int ofGroup(int value) {
        return ofGroup[value];
    }

    /// Whether no value has a copy of the group.
    boolean isEmpty() {
        return used == 0;
    }

    /// The largest count of the group.
    int most() {
        return most;
    }

    /// The smallest count of the group over the values that have some.
    int fewest() {
        return fewest;
    }
}
