package dev.drover.manifests.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a service's proxy is set up.
///
/// @param localServiceAddress where the service listens
/// @param localServicePort the port it listens on
/// @param expose what is let through from outside of the mesh
/// @param transparentProxy sends all traffic through the proxy
/// @param upstreams the services that the task calls
/// @param config what only the proxy understands
public record SidecarProxy(
        Optional<String> localServiceAddress,
        Optional<Integer> localServicePort,
        Optional<Expose> expose,
        Optional<TransparentProxy> transparentProxy,
        List<Upstream> upstreams,
        Map<String, Value> config) {
    public SidecarProxy {
        upstreams = List.copyOf(upstreams);
        config = Copies.sorted(config);
    }
}
