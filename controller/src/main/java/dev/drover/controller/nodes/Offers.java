package dev.drover.controller.nodes;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.ServiceInstance;
import dev.drover.store.typed.Tables;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Who offers which service. Nothing of its own is stored: what is offered is what the nodes say of
/// allocations that live, so an instance is gone with its allocation, its task or its node.
public final class Offers {
    private static final Comparator<ServiceInstance> BY_NAME =
            Comparator.comparing(ServiceInstance::name)
                    .thenComparing(ServiceInstance::namespace)
                    .thenComparing(ServiceInstance::allocation);

    private final Tables tables;

    /// Of these.
    public Offers(Tables tables) {
        this.tables = tables;
    }

    /// Every service that somebody offers.
    public List<ResourceName> services() {
        return tables.allocationIndex().services();
    }

    /// The instances of these services, also those that do not pass; by name, namespace and
    /// allocation.
    public List<ServiceInstance> of(List<ResourceName> services) {
        return services.stream().flatMap(this::offered).sorted(BY_NAME).toList();
    }

    private Stream<ServiceInstance> offered(ResourceName service) {
        return tables.allocationIndex().offering(service).stream()
                .filter(Allocation::live) // it was when the index was asked
                .flatMap(Offers::offered)
                .filter(instance -> instance.name().equals(service.name()));
    }

    private static Stream<ServiceInstance> offered(Allocation allocation) {
        return allocation.status().services().stream()
                .map(state -> ServiceInstance.of(allocation, state));
    }
}
