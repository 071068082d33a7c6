package dev.drover.controller.api;

import dev.drover.controller.http.Answer;
import dev.drover.controller.http.Call;
import dev.drover.controller.http.RequestFailed;
import dev.drover.controller.nodes.Offers;
import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.ServiceInstance;
import dev.drover.manifests.model.ServiceListing;
import dev.drover.store.typed.Tables;
import java.util.List;

/// Answers who offers a service.
final class Services {
    private final Offers offers;

    Services(Tables tables) {
        this.offers = new Offers(tables);
    }

    /// Of every namespace.
    Answer all(Call call) throws RequestFailed {
        return answer(call, offers.services());
    }

    /// Of one namespace.
    Answer within(Call call) throws RequestFailed {
        String namespace = Target.plain(call.parameter("namespace"));
        return answer(
                call,
                offers.services().stream()
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
                offers.of(services).stream()
                        .filter(instance -> everything || instance.passing())
                        .toList();
        return Answer.json(RecordJson.text(ServiceListing.of(found)));
    }
}
