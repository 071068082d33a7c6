package dev.drover.manifests.model;

import java.util.List;

/// A service that an allocation offers: where it is, and whether its checks let others use it.
///
/// @param port 0 when the service has none
/// @param tags by which others choose
/// @param passing whether it is listed: each of its checks passes, or only warns
public record ServiceState(
        String name,
        String address,
        int port,
        List<String> tags,
        boolean passing,
        List<CheckState> checks) {
    public ServiceState {
        tags = List.copyOf(tags);
        checks = List.copyOf(checks);
    }
}
