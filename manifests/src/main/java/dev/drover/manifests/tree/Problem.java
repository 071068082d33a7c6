package dev.drover.manifests.tree;

import java.util.Comparator;
import java.util.Optional;

/// A mistake in a manifest: where it is, what it is, why it is one and how to mend it. Where only
/// `what` is given, the code says the rest; where a `fix` is, `why` may be empty.
public record Problem(Code code, Optional<Place> place, String what, String why, String fix) {

    public Problem {
        why = why.isEmpty() && fix.isEmpty() ? code.why() : why;
        fix = fix.isEmpty() ? code.fix() : fix;
    }

    /// By file and place; what has no place comes first. Two problems at one place keep a fixed
    /// order by their words.
    public static final Comparator<Problem> BY_PLACE =
            Comparator.comparing((Problem problem) -> problem.place().map(Place::file).orElse(""))
                    .thenComparing(
                            problem -> problem.place().map(Place::position).orElse(Position.START))
                    .thenComparing(Problem::what);

    /// Where a problem is: the file's name, line and column, what that line says around it, and at
    /// which of these characters the problem is.
    public record Place(String file, Position position, String excerpt, int caret) {

        /// The place of an offset in a source.
        public static Place of(Source source, Position position) {
            int index = source.offset(position);
            int from = Math.max(source.lineStart(position.line()), index - EXCERPT / 2);
            String excerpt = source.restOfLine(from, EXCERPT);
            return new Place(
                    source.name(), position, excerpt, Math.min(index - from, excerpt.length()));
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
        return text.append("\n  fix: ").append(fix).toString();
    }

    /// The line and, below its column, a caret. Tabs stay tabs in the second line, so both lines
    /// are shifted alike.
    private static String caret(Place at) {
        if (at.excerpt().isBlank()) {
            return "";
        }
        StringBuilder pad = new StringBuilder();
        at.excerpt()
                .substring(0, at.caret())
                .codePoints()
                .forEach(c -> pad.append(c == '\t' ? '\t' : ' '));
        return "\n    " + at.excerpt() + "\n    " + pad + "^";
    }

    /// Characters of a line that are kept and shown: what fits a terminal of 80 columns beside the
    /// indentation, twice. A line may be as long as the file, and have a problem at each character.
    private static final int EXCERPT = 140;
}
