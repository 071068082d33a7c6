package dev.drover.manifests;

import dev.drover.manifests.tree.Position;
import dev.drover.manifests.tree.Problem;
import dev.drover.manifests.tree.Source;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Where values stand that could not be read. What a rule says about the field of one of them is no
/// news: the rule has seen a value that nobody wrote.
record Unread(NavigableSet<Position> places) {

    /// Characters between a field and its value: a name, an equals sign, blanks.
    private static final int BETWEEN_MAX = 100;

    /// The places of these mistakes.
    static Unread of(List<Problem> problems) {
        return new Unread(
                problems.stream()
                        .filter(problem -> !problem.warning())
                        .flatMap(problem -> problem.place().stream())
                        .map(Problem.Place::position)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /// Whether a problem is about such a field: nothing but its name lies between the two places.
    boolean covers(Problem problem, Source source) {
        Optional<Position> field = problem.place().map(Problem.Place::position);
        Optional<Position> value = field.flatMap(at -> Optional.ofNullable(places.ceiling(at)));
        if (value.isEmpty()) {
            return false;
        }
        int from = source.offset(field.get());
        int to = source.offset(value.get());
        return to - from <= BETWEEN_MAX
                && source.text()
                        .substring(from, to)
                        .chars()
                        .noneMatch(c -> ",;{\n".indexOf(c) >= 0);
    }
}
