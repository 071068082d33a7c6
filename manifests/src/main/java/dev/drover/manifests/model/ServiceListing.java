package dev.drover.manifests.model;

import java.util.List;

/// What is offered now: instances, by their service's name and then by their allocation's id.
public record ServiceListing(String apiVersion, String kind, List<ServiceInstance> items) {
    public ServiceListing {
        items = List.copyOf(items);
    }

    /// Of these.
    public static ServiceListing of(List<ServiceInstance> items) {
        return new ServiceListing(Kind.API_VERSION, "ServiceList", items);
    }
}
