package dev.drover.controller.metrics;

import dev.drover.controller.http.Answer;
import dev.drover.controller.nodes.Usages;
import dev.drover.controller.nodes.Usages.OfNode;
import dev.drover.manifests.wire.TaskUsage;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Answers `/metrics/tasks`: what every running task uses. A page of its own: its labels name
/// objects, it is as long as there are tasks, and every node is asked for it.
public final class TaskMetrics {
    /// What a monitoring system is given at once: three samples for each.
    private static final int TASKS_MAX = 50_000;

    private static final Comparator<OfNode> ORDER =
            Comparator.comparing((OfNode one) -> one.usage().namespace())
                    .thenComparing(one -> one.usage().job())
                    .thenComparing(one -> one.usage().allocation())
                    .thenComparing(one -> one.usage().task());

    private TaskMetrics() {}

    /// The page.
    public static Answer answer(Usages.Gathered gathered) {
        return new Answer.Whole(200, OpenMetrics.CONTENT_TYPE, text(gathered, TASKS_MAX), Map.of());
    }

    static String text(Usages.Gathered gathered, int most) {
        List<OfNode> usages = gathered.usages();
        List<OfNode> shown = usages.stream().sorted(ORDER).limit(most).toList();
        OpenMetrics out = new OpenMetrics();
        out.counters(
                "drover_task_cpu_seconds",
                "Processor time since the task's start, on all cores.",
                samples(shown, usage -> BigDecimal.valueOf(usage.cpuMillis(), 3)));
        out.gauges(
                "drover_task_memory_bytes",
                "Resident memory; a page that processes share counts with each.",
                samples(shown, usage -> BigDecimal.valueOf(usage.memoryBytes())));
        out.gauges(
                "drover_task_processes",
                "Processes of the task.",
                samples(shown, usage -> BigDecimal.valueOf(usage.processes())));
        out.gauge(
                "drover_task_metrics_left_out",
                "Running tasks beyond what is shown at once.",
                usages.size() - shown.size());
        out.gauge(
                "drover_task_metrics_silent_nodes",
                "Linked nodes that have not answered in time: their tasks are missing.",
                gathered.silent());
        return out.text();
    }

    private static Map<Map<String, String>, BigDecimal> samples(
            List<OfNode> shown, Function<TaskUsage, BigDecimal> value) {
        Map<Map<String, String>, BigDecimal> samples = new LinkedHashMap<>();
        shown.forEach(one -> samples.put(labels(one), value.apply(one.usage())));
        return samples;
    }

    private static Map<String, String> labels(OfNode one) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("namespace", one.usage().namespace());
        labels.put("job", one.usage().job());
        labels.put("allocation", one.usage().allocation());
        labels.put("task", one.usage().task());
        labels.put("node", one.node());
        return labels;
    }
}
