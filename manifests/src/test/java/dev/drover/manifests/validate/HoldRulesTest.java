package dev.drover.manifests.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.HoldSpec;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Problem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HoldRulesTest {
    @Test
    void jobs_and_nodes_can_be_held() {
        assertThat(check(Kind.JOB, "web", "ann", "we look")).isEmpty();
        assertThat(check(Kind.NODE, "n1", "ann", "we look")).isEmpty();
    }

    @Test
    void what_loops_do_not_act_on_cannot() {
        assertThat(check(Kind.DEPLOYMENT, "web", "ann", "we look"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(Code.INVALID_VALUE))
                .satisfies(problem ->
                        assertThat(problem.what()).contains("a Deployment cannot be held"));
    }

    @Test
    void it_says_what_and_who_and_why() {
        assertThat(check(Kind.JOB, "", " ", ""))
                .extracting(Problem::code)
                .containsExactly(Code.MISSING_FIELD, Code.MISSING_FIELD, Code.MISSING_FIELD);
    }

    private static List<Problem> check(Kind kind, String name, String who, String why) {
        HoldSpec spec = new HoldSpec(kind, name, who, why, Optional.empty());
        return HoldRules.check(
                new Hold(Metadata.named("default", "h"), spec), Report.withoutPlaces());
    }
}
