package dev.drover.manifests.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One program, run by a driver.
///
/// @param name unique within the group; never `alloc`
/// @param driver who runs it: `raw_exec`, `exec`, `jail`, …
/// @param user as whom it runs
/// @param config what only the driver understands, as written
/// @param env variables of its environment
/// @param resources what it asks of its node
/// @param constraints what a node must have for it
/// @param affinities what a node had better have for it
/// @param services names under which others find it
/// @param artifacts what is fetched before it starts
/// @param templates files that are made before it starts
/// @param volumeMounts where volumes of the group appear in it
/// @param lifecycle when it runs, if not as long as the allocation
/// @param restart when it is started again in place
/// @param logs how much of its output is kept
/// @param dispatchPayload where the payload of a launch is written
/// @param killTimeout between the kill signal and the kill; 5 s when absent
/// @param killSignal `SIGINT` when absent
/// @param shutdownDelay between leaving the register and the kill signal
/// @param leader its end ends the group
/// @param kind what it is in the mesh
/// @param meta named words, in its environment too
/// @param vault its token for Vault
/// @param consul its token for Consul
/// @param identities tokens that say which task this is
/// @param secrets values that a provider keeps
/// @param actions commands that people may run beside it
/// @param scaling how far an autoscaler may change its resources
/// @param schedule when it may run
/// @param csiPlugin makes it a plugin for volumes
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
