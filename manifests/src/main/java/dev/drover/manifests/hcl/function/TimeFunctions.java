package dev.drover.manifests.hcl.function;

import static dev.drover.manifests.hcl.function.Arguments.text;

import dev.drover.manifests.hcl.value.Conversion;
import dev.drover.manifests.hcl.value.Mistake;
import dev.drover.manifests.hcl.value.Value;
import dev.drover.manifests.shape.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/// Functions of times, which are texts in RFC 3339.
final class TimeFunctions {
    static final List<Definition> ALL =
            List.of(
                    Definition.of(
                            "formatdate", 2, (a, _) -> Value.of(formatted(text(a, 0), time(a, 1)))),
                    Definition.of("timeadd", 2, (a, _) -> added(time(a, 0), text(a, 1))));

    private TimeFunctions() {}

    private static OffsetDateTime time(List<Value> arguments, int at) {
        return Arguments.as(value -> time(Conversion.text(value)), arguments, at);
    }

    private static OffsetDateTime time(String text) {
        try {
            if (text.contains("t") || text.contains("z")) {
                throw Mistake.of("T and Z are capital letters in a time");
            }
            return OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
        } catch (DateTimeParseException e) {
            throw Mistake.of("\"" + text + "\" is no time; write it like 2026-01-31T23:59:59Z");
        }
    }

    private static Value added(OffsetDateTime time, String duration) {
        Duration span =
                Durations.parse(duration)
                        .orElseThrow(() ->
                                Mistake.of(
                                        "\""
                                                + duration
                                                + "\" is no duration; write it like 1h30m"));
        try {
            return Value.of(
                    DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX", Locale.ROOT)
                            .format(time.plus(span)));
        } catch (DateTimeException e) {
            throw Mistake.of("the time is beyond what can be written");
        }
    }

    /// Letters stand for parts of the time, as many as they are long; `'…'` is literal.
    private static String formatted(String layout, OffsetDateTime time) {
        StringBuilder result = new StringBuilder();
        int at = 0;
        while (at < layout.length()) {
            char c = layout.charAt(at);
            if (c == '\'') {
                at = literal(layout, at, result);
            } else if (isLetter(c)) {
                int end = at;
                while (end < layout.length() && layout.charAt(end) == c) {
                    end++;
                }
                result.append(part(layout.substring(at, end), time));
                at = end;
            } else {
                result.append(c);
                at++;
            }
        }
        return result.toString();
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /// Two quotes within a literal are one.
    private static int literal(String layout, int quote, StringBuilder into) {
        int at = quote + 1;
        while (at < layout.length()) {
            if (layout.startsWith("''", at)) {
                into.append('\'');
                at += 2;
            } else if (layout.charAt(at) == '\'') {
                return at + 1;
            } else {
                into.append(layout.charAt(at++));
            }
        }
        throw Mistake.of("a quote in the layout is never closed");
    }

    private static String part(String letters, OffsetDateTime time) {
        int hour = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
        return switch (letters) {
            case "YYYY" -> "%04d".formatted(time.getYear());
            case "YY" -> "%02d".formatted(time.getYear() % 100);
            case "MMMM" -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case "MMM" ->
                    time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH).substring(0, 3);
            case "MM" -> "%02d".formatted(time.getMonthValue());
            case "M" -> String.valueOf(time.getMonthValue());
            case "DD" -> "%02d".formatted(time.getDayOfMonth());
            case "D" -> String.valueOf(time.getDayOfMonth());
            case "EEEE" -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case "EEE" ->
                    time.getDayOfWeek()
                            .getDisplayName(TextStyle.FULL, Locale.ENGLISH)
                            .substring(0, 3);
            case "hh" -> "%02d".formatted(time.getHour());
            case "h" -> String.valueOf(time.getHour());
            case "HH" -> "%02d".formatted(hour);
            case "H" -> String.valueOf(hour);
            case "AA" -> time.getHour() < 12 ? "AM" : "PM";
            case "aa" -> time.getHour() < 12 ? "am" : "pm";
            case "mm" -> "%02d".formatted(time.getMinute());
            case "m" -> String.valueOf(time.getMinute());
            case "ss" -> "%02d".formatted(time.getSecond());
            case "s" -> String.valueOf(time.getSecond());
            case "ZZZZZ" -> DateTimeFormatter.ofPattern("xxx", Locale.ROOT).format(time);
            case "ZZZZ" -> DateTimeFormatter.ofPattern("xx", Locale.ROOT).format(time);
            case "ZZZ" ->
                    time.getOffset().getTotalSeconds() == 0
                            ? "UTC"
                            : DateTimeFormatter.ofPattern("xx", Locale.ROOT).format(time);
            case "Z" ->
                    new DateTimeFormatterBuilder()
                            .appendOffset("+HH:MM", "Z")
                            .toFormatter(Locale.ROOT)
                            .format(time);
            default ->
                    throw Mistake.of(
                            "the layout has no \""
                                    + letters
                                    + "\"; quote what is literal: '"
                                    + letters
                                    + "'");
        };
    }
}
