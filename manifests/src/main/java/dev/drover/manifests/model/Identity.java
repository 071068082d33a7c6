package dev.drover.manifests.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A token that says which task this is.
///
/// @param name the default identity when absent
/// @param audience for whom the token is
/// @param changeMode what becomes of the task when its token is renewed: `noop`, `restart`,
///   `signal`
/// @param changeSignal which signal
/// @param env whether the token is in the environment
/// @param file whether the token is in a file
/// @param filepath which file
/// @param serviceName the service whose identity this is
/// @param ttl how long it is valid
/// @param extraClaims names of what the token says beside
public record Identity(
        Optional<String> name,
        List<String> audience,
        Optional<String> changeMode,
        Optional<String> changeSignal,
        Optional<Boolean> env,
        Optional<Boolean> file,
        Optional<String> filepath,
        Optional<String> serviceName,
        Optional<Duration> ttl,
        List<String> extraClaims) {
    public Identity {
        audience = List.copyOf(audience);
        extraClaims = List.copyOf(extraClaims);
    }
}
