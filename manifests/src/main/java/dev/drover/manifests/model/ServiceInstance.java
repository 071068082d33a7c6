package dev.drover.manifests.model;

import java.util.List;

/// A service as others look it up: one of its instances, and who offers it.
///
/// @param passing whether it is listed
public record ServiceInstance(
        String name,
        String namespace,
        String jobName,
        String group,
        String allocation,
        String node,
        String address,
        int port,
        List<String> tags,
        boolean passing,
        List<CheckState> checks) {
    public ServiceInstance {
        tags = List.copyOf(tags);
        checks = List.copyOf(checks);
    }

    /// What an allocation offers under that name.
    public static ServiceInstance of(Allocation allocation, ServiceState state) {
        return new ServiceInstance(
                state.name(),
                allocation.metadata().namespace(),
                allocation.spec().jobName(),
                allocation.spec().group(),
                allocation.id(),
                allocation.spec().node(),
                state.address(),
                state.port(),
                state.tags(),
                state.passing(),
                state.checks());
    }

    /// Without what its checks say: where it is, for programs.
    public ServiceInstance withoutChecks() {
        return new ServiceInstance(
                name,
                namespace,
                jobName,
                group,
                allocation,
                node,
                address,
                port,
                tags,
                passing,
                List.of());
    }
}
