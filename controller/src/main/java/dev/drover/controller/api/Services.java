package dev.drover.controller.api;

import dev.drover.controller.http.Answer;
import dev.drover.controller.http.Call;
import dev.drover.controller.http.RequestFailed;
import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.ServiceInstance;
import dev.drover.manifests.model.ServiceListing;
import dev.drover.store.typed.Tables;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
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
        return answer(call, _ -> true);
    }

    /// Of one namespace.
    Answer within(Call call) throws RequestFailed {
        return answer(call, in(call));
    }

    /// The instances of one service.
    Answer one(Call call) throws RequestFailed {
        String name = Target.plain(call.parameter("name"));
        return answer(call, in(call).and(instance -> instance.name().equals(name)));
    }

    private static Predicate<ServiceInstance> in(Call call) throws RequestFailed {
        String namespace = Target.plain(call.parameter("namespace"));
        return instance -> instance.namespace().equals(namespace);
    }

    /// Only what may be used, unless everything is asked for.
    private Answer answer(Call call, Predicate<ServiceInstance> wanted) throws RequestFailed {
        boolean everything = call.flag("all");
        List<ServiceInstance> found =
                tables.allocations().list().stream()
                        .filter(Allocation::live)
                        .flatMap(Services::offered)
                        .filter(instance -> everything || instance.passing())
                        .filter(wanted)
                        .sorted(BY_NAME)
                        .toList();
        return Answer.json(RecordJson.text(ServiceListing.of(found)));
    }

    private static Stream<ServiceInstance> offered(Allocation allocation) {
        return allocation.status().services().stream()
                .map(state -> ServiceInstance.of(allocation, state));
    }
}
