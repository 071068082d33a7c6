package dev.drover.manifests.tree;

import java.util.Collection;
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
        Optional<String> nearest = Optional.empty();
        int least = FURTHEST;
        for (String word : known) {
            int allowed = Math.min(least, Math.max(lower.length(), word.length()) / 2);
            int distance = distance(lower, word.toLowerCase(Locale.ROOT), allowed);
            boolean nearer =
                    distance < least || nearest.isEmpty() || word.compareTo(nearest.get()) < 0;
            if (distance <= allowed && nearer) {
                nearest = Optional.of(word);
                least = distance;
            }
        }
        return nearest;
    }

    /// Levenshtein's distance with swapped neighbours as one edit, by three rows; any number above
    /// `most` where it is more than that, which most words are after a few letters: a file may have
    /// many mistakes, and each is compared with every word.
    private static int distance(String from, String to, int most) {
        if (Math.abs(from.length() - to.length()) > most) {
            return most + 1;
        }
        int[] twoAbove = new int[to.length() + 1];
        int[] above = new int[to.length() + 1];
        int[] row = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            above[column] = column;
        }
        for (int i = 1; i <= from.length(); i++) {
            row[0] = i;
            int least = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(above[j], row[j - 1]));
                if (swapped(from, i, to, j)) {
                    row[j] = Math.min(row[j], twoAbove[j - 2] + 1);
                }
                least = Math.min(least, row[j]);
            }
            if (least > most + 1) { // so is the row above, which swapped neighbours build upon
                return least;
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
