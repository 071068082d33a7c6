package dev.drover.manifests.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The proxy beside a service.
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
