package dev.drover.manifests.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.PoolScheduling;
import dev.drover.manifests.model.SchedulerConfig;
import dev.drover.manifests.model.SchedulerConfigSpec;
import dev.drover.manifests.tree.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SchedulerConfigRulesTest {
    @Test
    void there_is_one_for_the_whole_cluster() {
        assertThat(check("default", SchedulerConfigSpec.UNSAID)).isEmpty();
        assertThat(check("gpu", SchedulerConfigSpec.UNSAID))
                .singleElement()
                .satisfies(problem -> assertThat(problem.fix()).contains("call it default"));
    }

    @Test
    void a_node_holds_at_least_one_allocation() {
        PoolScheduling pool =
                new PoolScheduling(Optional.empty(), Optional.empty(), Optional.of(-1));
        SchedulerConfigSpec spec =
                new SchedulerConfigSpec(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(0),
                        Optional.empty(),
                        Map.of("gpu", pool));

        assertThat(check("default", spec)).hasSize(2);
    }

    private static List<Problem> check(String name, SchedulerConfigSpec spec) {
        return SchedulerConfigRules.check(
                new SchedulerConfig(Metadata.named("", name), spec), Report.withoutPlaces());
    }
}
