package dev.drover.manifests.hcl.function;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What people see as single characters: `é` of two code points, a flag, a family.
final class Graphemes {
    private static final Pattern CLUSTER = Pattern.compile("\\X");

    private Graphemes() {}

    static List<String> of(String text) {
        return CLUSTER.matcher(text).results().map(MatchResult::group).toList();
    }
}
