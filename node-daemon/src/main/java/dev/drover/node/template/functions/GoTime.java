package dev.drover.node.template.functions;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// Go's layouts of time: written as 2006-01-02T15:04:05Z07:00 would be. Always in UTC.
final class GoTime {

    static final String RFC_3339 = "2006-01-02T15:04:05Z07:00";

    private record Part(String layout, DateTimeFormatter format) {}

    /// The longest first where one begins another.
    private static final List<Part> PARTS =
            List.of(
                    part("January", "MMMM"),
                    part("Jan", "MMM"),
                    part("Monday", "EEEE"),
                    part("Mon", "EEE"),
                    part("MST", "'UTC'"),
                    part("2006", "uuuu"),
                    part("01", "MM"),
                    part("02", "dd"),
                    part("03", "hh"),
                    part("04", "mm"),
                    part("05", "ss"),
                    part("06", "uu"),
                    part("002", "DDD"),
                    part("15", "HH"),
                    part("PM", "a"),
                    part("pm", "a"),
                    part("Z07:00", "'Z'"),
                    part("Z0700", "'Z'"),
                    part("-07:00", "'+00:00'"),
                    part("-0700", "'+0000'"),
                    part("-07", "'+00'"),
                    part("_2", "ppd"),
                    part("1", "M"),
                    part("2", "d"),
                    part("3", "h"),
                    part("4", "m"),
                    part("5", "s"),
                    part(".000000000", ".SSSSSSSSS"),
                    part(".000000", ".SSSSSS"),
                    part(".000", ".SSS"));

    private GoTime() {}

    private static Part part(String layout, String pattern) {
        return new Part(layout, DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
    }

    static String format(Instant time, String layout) {
        ZonedDateTime utc = time.atZone(ZoneOffset.UTC);
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < layout.length()) {
            int from = at;
            var part = PARTS.stream().filter(p -> layout.startsWith(p.layout(), from)).findFirst();
            if (part.isEmpty()) {
                out.append(layout.charAt(at++));
                continue;
            }
            String text = part.get().format().format(utc);
            out.append(part.get().layout().equals("pm") ? text.toLowerCase(Locale.ROOT) : text);
            at += part.get().layout().length();
        }
        return out.toString();
    }
}
