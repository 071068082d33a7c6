package dev.drover.manifests.yaml;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A time as YAML 1.1 reads plain text: a date, alone or with a time of day and its zone.
final class Timestamp {

    private static final Pattern FORM =
            Pattern.compile(
                    "(\\d{4})-(\\d{1,2})-(\\d{1,2})"
                            + "(?:[Tt](\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:\\.\\d{1,9})?(Z|[-+]\\d\\d:\\d\\d)"
                            + "| (\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:\\.\\d{1,9})?)?");

    private Timestamp() {}

    /// The time as RFC 3339 writes it, to the second; empty when the text is none.
    static Optional<String> of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        int time = form.group(8) == null ? 4 : 8;
        String zone = form.group(7) == null ? "Z" : form.group(7);
        try {
            return Optional.of(
                    OffsetDateTime.of(
                                    number(form, 1),
                                    number(form, 2),
                                    number(form, 3),
                                    number(form, time),
                                    number(form, time + 1),
                                    number(form, time + 2),
                                    0,
                                    ZoneOffset.of(zone))
                            .format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX")));
        } catch (DateTimeException e) {
            return Optional.empty(); // a day or an hour that there is not: text like any other
        }
    }

    private static int number(Matcher form, int group) {
        return form.group(group) == null ? 0 : Integer.parseInt(form.group(group));
    }
}
