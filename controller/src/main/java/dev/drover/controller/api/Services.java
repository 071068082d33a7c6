package dev.drover.controller.api;

import dev.drover.controller.http.Answer;
import dev.drover.controller.http.Call;
import dev.drover.controller.http.RequestFailed;
import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.ServiceInstance;
import dev.drover.manifests.model.ServiceListing;
import dev.drover.store.typed.Tables;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Answers who offers a service. Nothing of its own is stored: what is offered is what the nodes
/// say of allocations that live, so an instance is gone with its allocation, its task or its node.
final class Services {
    private static final Comparator<ServiceInstance> BY_NAME =
            Comparator.comparing(ServiceInstance::name)
                    .thenComparing(ServiceInstance::namespace)
                    .thenComparing(ServiceInstance::allocation);

    private final Tables tables;

    Services(Tables tables) {
        this.tables = tables;
    }

    /// Of every namespace.
    Answer all(Call call) throws RequestFailed {
        return answer(call, tables.allocationIndex().services());
    }

    /// Of one namespace.
    Answer within(Call call) throws RequestFailed {
        String namespace = Target.plain(call.parameter("namespace"));
        return answer(
                call,
                tables.allocationIndex().services().stream()
                        .filter(service -> service.namespace().equals(namespace))
                        .toList());
    }

    /// The instances of one service.
    Answer one(Call call) throws RequestFailed {
        String namespace = Target.plain(call.parameter("namespace"));
        String name = Target.plain(call.parameter("name"));
        return answer(call, List.of(new ResourceName(namespace, name)));
    }

    /// Only what may be used, unless everything is asked for.
    private Answer answer(Call call, List<ResourceName> services) throws RequestFailed {
        boolean everything = call.flag("all");
        List<ServiceInstance> found =
                services.stream()
                        .flatMap(this::offered)
                        .filter(instance -> everything || instance.passing())
                        .sorted(BY_NAME)
                        .toList();
        return Answer.json(RecordJson.text(ServiceListing.of(found)));
    }

    private Stream<ServiceInstance> offered(ResourceName service) {
        return tables.allocationIndex().offering(service).stream()
                .filter(Allocation::live) // it was when the index was asked
                .flatMap(Services::offered)
                .filter(instance -> instance.name().equals(service.name()));
    }

    private static Stream<ServiceInstance> offered(Allocation allocation) {
        return allocation.status().services().stream()
                .map(state -> ServiceInstance.of(allocation, state));
    }
}
