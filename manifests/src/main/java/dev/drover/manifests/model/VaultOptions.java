package dev.drover.manifests.model;

import java.util.List;
import java.util.Optional;

/// Which secrets of a Vault a task may read, and what happens when its token changes.
public record VaultOptions(
        List<String> policies,
        Optional<String> role,
        Optional<String> namespace,
        Optional<String> cluster,
        Optional<Boolean> env,
        Optional<Boolean> disableFile,
        Optional<String> changeMode,
        Optional<String> changeSignal,
        Optional<Boolean> allowTokenExpiration) {
    public VaultOptions {
        policies = List.copyOf(policies);
    }
}
