package dev.drover.manifests.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What differs in the task that runs a service's proxy.
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
