package dev.drover.manifests.model;

import java.util.List;
import java.util.Optional;

/// Sends all of a group's traffic through the proxy.
///
/// @param uid the proxy's own user
/// @param outboundPort where the proxy takes what goes out
/// @param excludeInboundPorts ports that are not taken
/// @param excludeOutboundPorts ports that are not taken
/// @param excludeOutboundCidrs addresses that are not taken
/// @param excludeUids users that are not taken
/// @param noDns whether names are looked up elsewhere
public record TransparentProxy(
        Optional<String> uid,
        Optional<Integer> outboundPort,
        List<String> excludeInboundPorts,
        List<Integer> excludeOutboundPorts,
        List<String> excludeOutboundCidrs,
        List<String> excludeUids,
        Optional<Boolean> noDns) {
    public TransparentProxy {
        excludeInboundPorts = List.copyOf(excludeInboundPorts);
        excludeOutboundPorts = List.copyOf(excludeOutboundPorts);
        excludeOutboundCidrs = List.copyOf(excludeOutboundCidrs);
        excludeUids = List.copyOf(excludeUids);
    }
}
