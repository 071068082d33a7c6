package dev.drover.controller.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.controller.testing.Samples;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.ServiceInstance;
import dev.drover.manifests.model.ServiceState;
import dev.drover.store.Change;
import dev.drover.store.Revision;
import dev.drover.store.typed.TypedChange;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OfferChangesTest {
    private final OfferChanges passing = new OfferChanges(ServiceInstance::passing);

    private static ServiceState db(int port, boolean passing) {
        return new ServiceState("db", "10.0.0.1", port, List.of(), passing, List.of());
    }

    private static Allocation offering(AllocationPhase phase, ServiceState... services) {
        return Samples.allocation("a-1", "web", "n1")
                .withStatus(Samples.status(phase).offering(List.of(services)));
    }

    private static TypedChange<Allocation> change(Change.Type type, Allocation now) {
        return new TypedChange<>(type, now, Optional.empty(), new Revision(1));
    }

    private List<String> seen(Allocation now) {
        return words(passing.of(change(Change.Type.MODIFIED, now)));
    }

    private static List<String> words(List<OfferChanges.Event> events) {
        return events.stream().map(e -> e.type() + " " + e.instance().port()).toList();
    }

    @Test
    void an_instance_comes_when_it_passes_and_goes_when_it_does_not() {
        assertThat(seen(offering(AllocationPhase.RUNNING, db(1, false)))).isEmpty();
        assertThat(seen(offering(AllocationPhase.RUNNING, db(1, true)))).containsExactly("ADDED 1");
        assertThat(seen(offering(AllocationPhase.RUNNING, db(2, true))))
                .containsExactly("MODIFIED 2");
        assertThat(seen(offering(AllocationPhase.RUNNING, db(2, true)))).isEmpty();
        assertThat(seen(offering(AllocationPhase.RUNNING, db(2, false))))
                .containsExactly("DELETED 2");
    }

    @Test
    void it_goes_with_its_allocation_however_that_ends() {
        seen(offering(AllocationPhase.RUNNING, db(1, true)));
        assertThat(seen(offering(AllocationPhase.COMPLETE, db(1, true))))
                .containsExactly("DELETED 1");

        seen(offering(AllocationPhase.RUNNING, db(1, true)));
        Allocation last = offering(AllocationPhase.RUNNING, db(1, true));
        assertThat(words(passing.of(change(Change.Type.DELETED, last))))
                .containsExactly("DELETED 1");
    }

    @Test
    void two_of_one_name_in_an_allocation_are_two() {
        assertThat(seen(offering(AllocationPhase.RUNNING, db(1, true), db(2, true))))
                .containsExactly("ADDED 1", "ADDED 2");
    }

    @Test
    void what_was_told_in_the_beginning_is_not_told_again() {
        Allocation now = offering(AllocationPhase.RUNNING, db(1, true));
        List<ServiceInstance> offered =
                now.status().services().stream().map(s -> ServiceInstance.of(now, s)).toList();

        assertThat(words(passing.begin(offered))).containsExactly("ADDED 1");
        assertThat(seen(now)).isEmpty();
    }
}
