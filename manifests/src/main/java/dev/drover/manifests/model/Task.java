package dev.drover.manifests.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One program, run by a driver.
///
/// @param name unique within the group; never `alloc`
/// @param driver who runs it: `raw_exec`, `exec`, `jail`, …
/// @param config what only the driver understands, as written
/// @param killTimeout between the kill signal and the kill; 5 s when absent
/// @param killSignal `SIGINT` when absent
/// @param leader its end ends the group
public record Task(
        String name,
        String driver,
        Optional<String> user,
        Map<String, Value> config,
        Map<String, String> env,
        Optional<Resources> resources,
        List<Constraint> constraints,
        List<Affinity> affinities,
        List<Service> services,
        List<Artifact> artifacts,
        List<Template> templates,
        List<VolumeMount> volumeMounts,
        Optional<Lifecycle> lifecycle,
        Optional<RestartPolicy> restart,
        Optional<LogConfig> logs,
        Optional<DispatchPayload> dispatchPayload,
        Optional<Duration> killTimeout,
        Optional<String> killSignal,
        Optional<Duration> shutdownDelay,
        Optional<Boolean> leader,
        Optional<String> kind,
        Map<String, String> meta,
        Optional<VaultOptions> vault,
        Optional<ConsulOptions> consul,
        List<Identity> identities,
        List<Secret> secrets,
        List<Action> actions,
        List<TaskScaling> scaling,
        Optional<Schedule> schedule,
        Optional<CsiPlugin> csiPlugin) {

    public Task {
        identities = List.copyOf(identities);
        secrets = List.copyOf(secrets);
        actions = List.copyOf(actions);
        scaling = List.copyOf(scaling);
        config = Copies.sorted(config);
        env = Copies.sorted(env);
        constraints = List.copyOf(constraints);
        affinities = List.copyOf(affinities);
        services = List.copyOf(services);
        artifacts = List.copyOf(artifacts);
        templates = List.copyOf(templates);
        volumeMounts = List.copyOf(volumeMounts);
        meta = Copies.sorted(meta);
    }
}
