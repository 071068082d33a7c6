package dev.drover.controller.metrics;

import dev.drover.store.durable.Distribution;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Collectors;

/// Puts numbers into the OpenMetrics text format, family by family.
///
/// Names are stable once they are here (docs/store.md and docs/operating.md list them). A label has
/// one of a few values that this program knows, but on the page of the tasks, which says so: never
/// a user or an address.
final class OpenMetrics {
    /// What the text is.
    static final String CONTENT_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final StringBuilder text = new StringBuilder(4_096);

    /// Something that goes up and down.
    OpenMetrics gauge(String name, String help, long value) {
        return family(name, "gauge", help).sample(name, "", value);
    }

    /// Something that only goes up; `name` without `_total`.
    OpenMetrics counter(String name, String help, long value) {
        return family(name, "counter", help).sample(name + "_total", "", value);
    }

    /// The same by the values of one label.
    OpenMetrics counter(String name, String help, String label, Map<String, Long> values) {
        family(name, "counter", help);
        values.forEach(
                (key, value) -> sample(name + "_total", "{" + label + "=\"" + key + "\"}", value));
        return this;
    }

    /// What goes up and down, of each thing that its labels name.
    OpenMetrics gauges(String name, String help, Map<Map<String, String>, BigDecimal> samples) {
        return family(name, "gauge", help).samples(name, samples);
    }

    /// What only goes up, of each thing that its labels name; `name` without `_total`.
    OpenMetrics counters(String name, String help, Map<Map<String, String>, BigDecimal> samples) {
        return family(name, "counter", help).samples(name + "_total", samples);
    }

    private OpenMetrics samples(String name, Map<Map<String, String>, BigDecimal> samples) {
        samples.forEach((labels, value) -> {
            String named =
                    labels.entrySet().stream()
                            .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
                            .collect(Collectors.joining(",", "{", "}"));
            text.append(name).append(named).append(' ').append(value.toPlainString()).append('\n');
        });
        return this;
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /// How large or long something was how often.
    OpenMetrics histogram(String name, String help, Distribution sizes) {
        family(name, "histogram", help);
        for (Distribution.Bucket bucket : sizes.buckets()) {
            sample(name + "_bucket", "{le=\"" + plain(bucket.upTo()) + "\"}", bucket.count());
        }
        sample(name + "_bucket", "{le=\"+Inf\"}", sizes.count());
        sample(name + "_count", "", sizes.count());
        text.append(name).append("_sum ").append(sizes.sum()).append('\n');
        return this;
    }

    /// `0.0001`, not `1.0E-4`: people read it, too.
    private static String plain(double bound) {
        return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
    }

    private OpenMetrics family(String name, String type, String help) {
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        for (String unit : new String[] {"seconds", "bytes"}) {
            if (name.endsWith("_" + unit)) {
                text.append("# UNIT ").append(name).append(' ').append(unit).append('\n');
            }
        }
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        return this;
    }

    private OpenMetrics sample(String name, String labels, long value) {
        text.append(name).append(labels).append(' ').append(value).append('\n');
        return this;
    }

    /// All of it.
    String text() {
        return text + "# EOF\n";
    }
}
