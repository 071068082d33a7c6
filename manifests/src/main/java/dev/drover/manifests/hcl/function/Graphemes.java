package dev.drover.manifests.hcl.function;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text as what people see as single characters: `é` of two code points, a flag, a family.
final class Graphemes {
    private static final Pattern CLUSTER = Pattern.compile("\\X");

    /// Characters of one cluster that are looked at together: as many as people could ever need;
    /// the time for one grows with the square of its length.
    private static final int CLUSTER_MAX = 128;

    private final String text;
    private final List<Integer> ends;

    private Graphemes(String text, List<Integer> ends) {
        this.text = text;
        this.ends = ends;
    }

    /// Plain text has one for each of its characters, which needs no list.
    static Graphemes of(String text) {
        return new Graphemes(text, plain(text) ? List.of() : ends(text));
    }

    private static boolean plain(String text) {
        return text.chars().allMatch(c -> c < 0x300 && c != '\r'); // \r\n is one
    }

    private static List<Integer> ends(String text) {
        List<Integer> ends = new ArrayList<>();
        Matcher cluster = CLUSTER.matcher(text);
        for (int at = 0; at < text.length(); at = ends.getLast()) {
            cluster.region(at, Math.min(text.length(), at + CLUSTER_MAX));
            ends.add(cluster.lookingAt() ? cluster.end() : at + 1);
        }
        return ends;
    }

    int count() {
        return ends.isEmpty() ? text.length() : ends.size();
    }

    /// Those from one number up to another, which is not among them.
    String part(int from, int to) {
        return text.substring(place(from), place(to));
    }

    private int place(int number) {
        if (ends.isEmpty()) {
            return number;
        }
        return number == 0 ? 0 : ends.get(number - 1);
    }

    String reversed() {
        StringBuilder reversed = new StringBuilder(text.length());
        for (int i = count(); i > 0; i--) {
            reversed.append(text, place(i - 1), place(i));
        }
        return reversed.toString();
    }
}
