package dev.drover.manifests.tree;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// The word somebody meant: the known one that is nearest to what they wrote.
public final class Suggestion {

    /// Two edits: a letter more, less, another one, or two neighbours swapped; with three,
    /// unrelated short words become neighbours.
    private static final int FURTHEST = 2;

    private Suggestion() {}

    /// The nearest of `known`, at most two edits away (letter case is free) and nearer than half of
    /// the word; ties go to the first in alphabetical order.
    public static Optional<String> of(String written, Collection<String> known) {
        String lower = written.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(word -> near(lower, word.toLowerCase(Locale.ROOT)))
                .min(
                        Comparator.comparingInt((String word) ->
                                        distance(lower, word.toLowerCase(Locale.ROOT)))
                                .thenComparing(Comparator.naturalOrder()));
    }

    private static boolean near(String written, String word) {
        int allowed = Math.min(FURTHEST, Math.max(written.length(), word.length()) / 2);
        return Math.abs(written.length() - word.length()) <= allowed
                && distance(written, word) <= allowed;
    }

    /// Levenshtein's distance with swapped neighbours as one edit, by three rows.
    private static int distance(String from, String to) {
        int[] twoAbove = new int[to.length() + 1];
        int[] above = new int[to.length() + 1];
        int[] row = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            above[column] = column;
        }
        for (int i = 1; i <= from.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(above[j], row[j - 1]));
                if (swapped(from, i, to, j)) {
                    row[j] = Math.min(row[j], twoAbove[j - 2] + 1);
                }
            }
            int[] free = twoAbove;
            twoAbove = above;
            above = row;
            row = free;
        }
        return above[to.length()];
    }

    private static boolean swapped(String from, int i, String to, int j) {
        return i > 1
                && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2)
                && from.charAt(i - 2) == to.charAt(j - 1);
    }
}
