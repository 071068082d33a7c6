package dev.drover.manifests.tree;

import java.util.Comparator;
import java.util.Optional;

/// One mistake in a manifest: where it is, what it is, why it is one and how to mend it. `why` and
/// `fix` may be empty where `what` says it all; `excerpt` is the line as its author wrote it.
public record Problem(Code code, Optional<Place> place, String what, String why, String fix) {

    /// By file and place; what has no place comes first. Two problems at one place keep a fixed
    /// order by their words.
    public static final Comparator<Problem> BY_PLACE =
            Comparator.comparing((Problem problem) -> problem.place().map(Place::file).orElse(""))
                    .thenComparing(
                            problem -> problem.place().map(Place::position).orElse(Position.START))
                    .thenComparing(Problem::what);

    /// Where a problem is: the file's name, line and column, and that line's text.
    public record Place(String file, Position position, String excerpt) {

        /// The place of an offset in a source.
        public static Place of(Source source, Position position) {
            return new Place(source.name(), position, source.line(position.line()));
        }
    }

    /// A problem at a position of a source, whose `what` says why as well.
    public static Problem at(Source source, Position position, Code code, String what, String fix) {
        return new Problem(code, Optional.of(Place.of(source, position)), what, "", fix);
    }

    /// A problem of a file, or of no file at all.
    public static Problem of(Code code, String what, String fix) {
        return new Problem(code, Optional.empty(), what, "", fix);
    }

    /// Whether it only warns: the manifest may be used as it is.
    public boolean warning() {
        return code.warning();
    }

    /// The whole text for a terminal, several lines, without a line break at the end.
    public String text() {
        StringBuilder text = new StringBuilder();
        place.ifPresent(at -> text.append(at.file()).append(':').append(at.position()).append(' '));
        text.append(code.id()).append(warning() ? " warning: " : " ").append(what);
        place.ifPresent(at -> text.append(caret(at)));
        if (!why.isEmpty()) {
            text.append("\n  why: ").append(why);
        }
        if (!fix.isEmpty()) {
            text.append("\n  fix: ").append(fix);
        }
        return text.toString();
    }

    /// The line and, below its column, a caret. Tabs stay tabs in the second line, so both lines
    /// are shifted alike. Long lines are cut around the column.
    private static String caret(Place at) {
        if (at.excerpt().isBlank()) {
            return "";
        }
        int column =
                Math.min(
                        at.position().column() - 1,
                        at.excerpt().codePointCount(0, at.excerpt().length()));
        int index = at.excerpt().offsetByCodePoints(0, column);
        int from = Math.max(0, index - EXCERPT / 2);
        int to = Math.min(at.excerpt().length(), from + EXCERPT);
        StringBuilder pad = new StringBuilder();
        at.excerpt()
                .substring(from, index)
                .codePoints()
                .forEach(c -> pad.append(c == '\t' ? '\t' : ' '));
        return "\n    " + at.excerpt().substring(from, to) + "\n    " + pad + "^";
    }

    /// Characters of a line that are shown: what fits a terminal of 80 columns beside the
    /// indentation, twice.
    private static final int EXCERPT = 140;
}
