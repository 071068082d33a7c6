package dev.drover.controller.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.controller.http.RequestFailed;
import dev.drover.reconcilers.cluster.Cluster;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CurrentViewTest {
    @Test
    void is_what_the_loops_know() throws Exception {
        Cluster known = Cluster.empty();

        assertThat(new CurrentView(_ -> Optional.of(known)).cluster()).isSameAs(known);
    }

    @Test
    void a_view_that_stays_behind_is_told_and_never_used() {
        assertThatThrownBy(() -> new CurrentView(_ -> Optional.empty()).cluster())
                .isInstanceOf(RequestFailed.class)
                .hasMessageContaining("ask again");
    }
}
