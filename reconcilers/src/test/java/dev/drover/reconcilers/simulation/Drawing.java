package dev.drover.reconcilers.simulation;

import dev.drover.manifests.model.DelayFunction;
import dev.drover.manifests.model.DisconnectPolicy;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.ReschedulePolicy;
import dev.drover.manifests.model.UpdatePolicy;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.Updates;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A job of a story, from words like `count=3 canary=1 auto_promote`.
final class Drawing {
    private Drawing() {}

    static Sketch of(String name, List<String> words) {
        Map<String, String> said = said(words);
        JobType type =
                JobType.valueOf(said.getOrDefault("type", "service").toUpperCase(Locale.ROOT));
        Sketch sketch =
                Sketch.of(type, name)
                        .count(number(said, "count", 1))
                        .priority(number(said, "priority", 50))
                        .resources(number(said, "cpu", 100), number(said, "memory", 100))
                        .args(said.getOrDefault("args", "one"));
        if (type == JobType.SERVICE || type == JobType.SYSTEM) {
            sketch.update(update(said));
        }
        if (said.containsKey("cron")) { // its parts with _ between them
            boolean prohibits = said.containsKey("prohibit_overlap");
            String zone = said.getOrDefault("zone", "UTC");
            sketch.periodicIn(zone, prohibits, said.get("cron").replace('_', ' '));
        }
        if (said.containsKey("brings")) {
            sketch.parameterized(said.get("brings").split(","));
        }
        if (said.containsKey("groups")) {
            List<String> groups = List.of(said.get("groups").split(","));
            sketch.group(groups.getFirst());
            groups.stream().skip(1).forEach(sketch::and);
        }
        if (said.containsKey("rack")) {
            sketch.constraint("${attr.rack}", "=", said.get("rack"));
        }
        if (said.containsKey("spread")) {
            sketch.spread("${attr.rack}");
        }
        if (said.containsKey("port")) {
            sketch.staticPort("http", number(said, "port", 0));
        }
        if (said.containsKey("apart")) {
            sketch.constraint("", "distinct_hosts", "true");
        }
        if (said.containsKey("lost_after") || said.containsKey("stop_on_client_after")) {
            sketch.disconnect(disconnect(said));
        }
        if (said.containsKey("attempts")) {
            sketch.reschedule(reschedule(said));
        }
        return sketch;
    }

    private static UpdatePolicy update(Map<String, String> said) {
        UpdatePolicy policy = Updates.of(number(said, "max_parallel", 1));
        if (said.containsKey("canary")) {
            policy =
                    Updates.canary(
                            policy, number(said, "canary", 0), said.containsKey("auto_promote"));
        }
        policy = said.containsKey("auto_revert") ? Updates.autoRevert(policy) : policy;
        return said.containsKey("surge") ? Updates.surge(policy) : policy;
    }

    private static DisconnectPolicy disconnect(Map<String, String> said) {
        return new DisconnectPolicy(
                said.containsKey("lost_after")
                        ? Optional.of(duration(said.get("lost_after")))
                        : Optional.empty(),
                said.containsKey("stop_on_client_after")
                        ? Optional.of(duration(said.get("stop_on_client_after")))
                        : Optional.empty(),
                Optional.of(!said.getOrDefault("replace", "true").equals("false")),
                Optional.of(said.getOrDefault("reconcile", "best_score")));
    }

    private static ReschedulePolicy reschedule(Map<String, String> said) {
        return new ReschedulePolicy(
                Optional.of(number(said, "attempts", 0)),
                Optional.of(duration(said.getOrDefault("interval", "1h"))),
                Optional.of(duration(said.getOrDefault("delay", "30s"))),
                Optional.of(
                        DelayFunction.valueOf(
                                said.getOrDefault("function", "constant")
                                        .toUpperCase(Locale.ROOT))),
                Optional.of(duration(said.getOrDefault("max_delay", "1h"))),
                Optional.of(said.containsKey("unlimited")));
    }

    /// `count=3 apart` as `{count=3, apart=true}`.
    static Map<String, String> said(List<String> words) {
        Map<String, String> said = new HashMap<>();
        for (String word : words) {
            String[] parts = word.split("=", 2);
            said.put(parts[0], parts.length > 1 ? parts[1] : "true");
        }
        return said;
    }

    static int number(Map<String, String> said, String name, int otherwise) {
        return Integer.parseInt(said.getOrDefault(name, "" + otherwise));
    }

    /// `30s`, `10m`, `3h`.
    static Duration duration(String text) {
        return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }
}
