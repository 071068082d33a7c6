package dev.drover.manifests.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What differs in the task that runs a service's proxy.
///
/// @param name the task's name
/// @param driver who runs it
/// @param user as whom it runs
/// @param config what only the driver understands
/// @param env variables of its environment
/// @param resources what it asks of its node
/// @param meta named words, in its environment too
/// @param killTimeout between the kill signal and the kill
/// @param logs how much of its output is kept
/// @param shutdownDelay between leaving the register and the kill signal
/// @param killSignal what asks it to end
/// @param volumeMounts where volumes of the group appear in it
/// @param identities tokens that say which task this is
public record SidecarTask(
        Optional<String> name,
        Optional<String> driver,
        Optional<String> user,
        Map<String, Value> config,
        Map<String, String> env,
        Optional<Resources> resources,
        Map<String, String> meta,
        Optional<Duration> killTimeout,
        Optional<LogConfig> logs,
        Optional<Duration> shutdownDelay,
        Optional<String> killSignal,
        List<VolumeMount> volumeMounts,
        List<Identity> identities) {
    public SidecarTask {
        volumeMounts = List.copyOf(volumeMounts);
        identities = List.copyOf(identities);
        config = Copies.sorted(config);
        env = Copies.sorted(env);
        meta = Copies.sorted(meta);
    }
}
