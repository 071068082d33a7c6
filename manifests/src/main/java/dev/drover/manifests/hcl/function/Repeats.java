package dev.drover.manifests.hcl.function;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How often a regular expression repeats its most repeated part: `(a{10}){20}` 200 times. A
/// pattern of a few characters may so stand for a program of millions of steps.
final class Repeats {
    private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,9})(,(\\d{0,9}))?\\}");

    private Repeats() {}

    static long of(String pattern) {
        Matcher count = COUNT.matcher(pattern);
        Deque<Long> around = new ArrayDeque<>();
        long group = 1; // the most within the group at hand
        long last = 1; // within the part before this place
        for (int at = 0; at < pattern.length(); at++) {
            switch (pattern.charAt(at)) {
                case '\\' -> {
                    at = escapeEnd(pattern, at);
                    last = 1;
                }
                case '(' -> {
                    around.push(group);
                    group = 1;
                    last = 1;
                }
                case ')' -> {
                    last = group;
                    group = Math.max(group, around.isEmpty() ? 1 : around.pop());
                }
                case '{' -> {
                    if (count.find(at) && count.start() == at) {
                        last = saturated(last * times(count));
                        group = Math.max(group, last);
                        at = count.end() - 1;
                    }
                }
                default -> last = 1;
            }
        }
        return group;
    }

    /// The last character of an escape: `\d`, `\x{2603}`, `\p{Greek}`.
    private static int escapeEnd(String pattern, int backslash) {
        int letter = backslash + 1;
        boolean named =
                letter < pattern.length()
                        && "xpP".indexOf(pattern.charAt(letter)) >= 0
                        && pattern.startsWith("{", letter + 1);
        int end = named ? pattern.indexOf('}', letter) : letter;
        return end < 0 ? pattern.length() : end;
    }

    private static long times(Matcher count) {
        long least = Long.parseLong(count.group(1));
        String most = count.group(3);
        return Math.max(1, most == null || most.isEmpty() ? least : Long.parseLong(most));
    }

    private static long saturated(long product) {
        return Math.min(product, Integer.MAX_VALUE);
    }
}
