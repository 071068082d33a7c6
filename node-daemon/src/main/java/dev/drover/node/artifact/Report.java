package dev.drover.node.artifact;

import java.util.Locale;

/// What the child says on its standard output, one line each.
sealed interface Report {

    /// So many bytes have come, of so many; -1 when nobody knows.
    record Progress(long bytes, long total) implements Report {}

    /// All is in the staging folder.
    record Done(long bytes, int files) implements Report {}

    /// It failed for good.
    record Failed(String why) implements Report {}

    default String line() {
        return switch (this) {
            case Progress(long bytes, long total) -> "progress " + bytes + " " + total;
            case Done(long bytes, int files) -> "done " + bytes + " " + files;
            case Failed(String why) -> "failed " + why.replaceAll("\\p{Cntrl}", " ");
        };
    }

    /// The report of a line. A line of another form is a failure: it comes from a JVM that could
    /// not start.
    static Report of(String line) {
        String[] words = line.split(" ", 3);
        try {
            return switch (words[0].toLowerCase(Locale.ROOT)) {
                case "progress" -> new Progress(Long.parseLong(words[1]), Long.parseLong(words[2]));
                case "done" -> new Done(Long.parseLong(words[1]), Integer.parseInt(words[2]));
                case "failed" -> new Failed(line.substring("failed ".length()));
                default -> new Failed(line);
            };
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return new Failed(line);
        }
    }
}
