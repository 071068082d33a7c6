package dev.drover.manifests.model;

import java.util.Map;
import java.util.Optional;

/// A secret that is fetched before the task starts; its parts are `${secret.NAME.KEY}`.
///
/// @param provider `nomad`, `vault` or a plugin
public record Secret(
        String name,
        Optional<String> provider,
        Optional<String> path,
        Map<String, Value> config,
        Map<String, String> env) {
    public Secret {
        config = Copies.sorted(config);
        env = Copies.sorted(env);
    }
}
