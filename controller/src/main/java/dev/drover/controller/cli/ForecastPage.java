package dev.drover.controller.cli;

import dev.drover.manifests.model.Forecast;
import dev.drover.manifests.model.Shortage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What `what-if` and `node drain` show: what moves where, in what order, and what has no place.
final class ForecastPage {
    /// Moves in a table: what a person can look through. The rest is counted.
    private static final int MOVES_SHOWN = 50;

    private final Out out;
    private boolean begun;

    ForecastPage(Out out) {
        this.out = out;
    }

    void show(Forecast forecast) {
        if (forecast.moves().isEmpty()
                && forecast.without().isEmpty()
                && forecast.left().isEmpty()
                && forecast.waits().isEmpty()) {
            out.line("Nothing would move");
            return;
        }
        moves(forecast.moves());
        forecast.without().forEach((job, shortages) -> without(job, shortages.groups()));
        if (!forecast.waits().isEmpty()) {
            section("Would wait then");
            forecast.waits().forEach((job, because) -> out.line("  " + job + ": " + because));
        }
        if (!forecast.left().isEmpty()) {
            section("Would stay until it ends by itself");
            forecast.left().forEach(title -> out.line("  " + title));
        }
    }

    /// A blank line stands between sections.
    private void section(String title) {
        if (begun) {
            out.blank();
        }
        begun = true;
        out.title(title);
    }

    private void moves(List<Forecast.Move> moves) {
        if (moves.isEmpty()) {
            return;
        }
        section("Would move, in this order (one number: at once)");
        List<List<String>> rows = new ArrayList<>();
        for (Forecast.Move move : moves.subList(0, Math.min(MOVES_SHOWN, moves.size()))) {
            rows.add(
                    List.of(
                            Integer.toString(move.step()),
                            move.title(),
                            move.from().isEmpty() ? "(new)" : move.from(),
                            move.to().isEmpty() ? "(stops)" : move.to(),
                            move.late() ? "at the deadline" : ""));
        }
        boolean late = moves.stream().anyMatch(Forecast.Move::late);
        List<String> columns = List.of("#", "Allocation", "From", "To", "When");
        int shown = late ? columns.size() : columns.size() - 1;
        out.table(
                new Table(
                        columns.subList(0, shown),
                        rows.stream().map(row -> row.subList(0, shown)).toList()));
        if (moves.size() > rows.size()) {
            out.line("… and " + (moves.size() - rows.size()) + " more");
        }
        Map<String, Integer> byNode = new TreeMap<>();
        moves.stream()
                .filter(move -> !move.to().isEmpty())
                .forEach(move -> byNode.merge(move.to(), 1, Integer::sum));
        List<String> sums = new ArrayList<>();
        byNode.forEach((node, count) -> sums.add(node + " takes " + count));
        if (!sums.isEmpty()) {
            out.line("Altogether: " + String.join(", ", sums));
        }
    }

    private void without(String job, List<Shortage> groups) {
        section("Would have no place: " + job);
        new ShortagePage(out, false).show(groups);
    }

    /// In a sentence: how many of which jobs would have no place.
    static String homeless(Forecast forecast) {
        List<String> parts = new ArrayList<>();
        forecast.without()
                .forEach((job, shortages) ->
                        parts.add(
                                Wording.count(
                                                shortages.groups().stream()
                                                        .mapToInt(s -> s.together().count())
                                                        .sum(),
                                                "allocation")
                                        + " of "
                                        + job));
        return String.join(", ", parts);
    }
}
