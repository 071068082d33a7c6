package dev.drover.manifests.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The proxy beside a service.
///
/// @param tags words by which the proxy is found
/// @param port the proxy's port
/// @param proxy how the proxy is set up
/// @param disableDefaultTcpCheck whether the proxy has no check of its own
/// @param meta named words that are shown with it
public record SidecarService(
        List<String> tags,
        Optional<String> port,
        Optional<SidecarProxy> proxy,
        Optional<Boolean> disableDefaultTcpCheck,
        Map<String, String> meta) {
    public SidecarService {
        tags = List.copyOf(tags);
        meta = Copies.sorted(meta);
    }
}
