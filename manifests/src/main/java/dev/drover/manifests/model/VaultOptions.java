package dev.drover.manifests.model;

import java.util.List;
import java.util.Optional;

/// Which secrets of a Vault a task may read, and what happens when its token changes.
///
/// @param policies what the token may do
/// @param role the role that gives it
/// @param namespace the namespace in Vault
/// @param cluster which of several Vault clusters
/// @param env whether the token is in the environment
/// @param disableFile whether the token is in no file
/// @param changeMode what becomes of the task when its token is renewed
/// @param changeSignal which signal
/// @param allowTokenExpiration whether the token may run out
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
