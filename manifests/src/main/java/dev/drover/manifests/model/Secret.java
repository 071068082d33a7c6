package dev.drover.manifests.model;

import java.util.Map;
import java.util.Optional;

/// A secret that is fetched before the task starts; its parts are `${secret.NAME.KEY}`.
///
/// @param name the name that `${secret.NAME.…}` refers to
/// @param provider `nomad`, `vault` or a plugin
/// @param path where it lies at its provider
/// @param config what only the provider understands
/// @param env what the provider finds in its environment
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
