package dev.drover.controller.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.controller.nodes.Usages.Gathered;
import dev.drover.controller.nodes.Usages.OfNode;
import dev.drover.manifests.wire.TaskUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class TaskMetricsTest {
    private static OfNode usage(String job, String task) {
        return new OfNode(
                "n1",
                new TaskUsage("a-1", "default", job, task, Instant.EPOCH, 500, 1_250, 4_096, 2));
    }

    private static final String TEXT =
            TaskMetrics.text(new Gathered(List.of(usage("web", "t"), usage("we\"b", "t")), 1), 10);

    @Test
    void every_task_has_its_figures_and_its_names() {
        assertThat(TEXT)
                .contains(
                        """
                        # TYPE drover_task_cpu_seconds counter
                        # UNIT drover_task_cpu_seconds seconds
                        # HELP drover_task_cpu_seconds Processor time since the task's start, on all cores.
                        drover_task_cpu_seconds_total{namespace="default",job="we\\"b",allocation="a-1",task="t",node="n1"} 1.250
                        drover_task_cpu_seconds_total{namespace="default",job="web",allocation="a-1",task="t",node="n1"} 1.250
                        """)
                .contains(
                        "drover_task_memory_bytes{namespace=\"default\",job=\"web\",allocation=\"a-1\",task=\"t\",node=\"n1\"} 4096\n")
                .contains("drover_task_metrics_silent_nodes 1\n")
                .endsWith("# EOF\n");
    }

    @Test
    void what_is_too_much_is_left_out_and_counted() {
        String text =
                TaskMetrics.text(new Gathered(List.of(usage("a", "t"), usage("b", "t")), 0), 1);

        assertThat(text).contains("job=\"a\"").doesNotContain("job=\"b\"");
        assertThat(text).contains("drover_task_metrics_left_out 1\n");
    }

    /// Names are promised: the page and the program say the same ones.
    @Test
    void every_name_stands_in_the_page_about_operating_and_none_else() throws Exception {
        Path page = Path.of("").toAbsolutePath().resolveSibling("docs/operating.md");

        assertThat(names("# TYPE (\\S+) ", TEXT))
                .containsExactlyInAnyOrderElementsOf(
                        names("(?m)^\\| `(drover_[a-z_]+)`", Files.readString(page)));
    }

    private static List<String> names(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
