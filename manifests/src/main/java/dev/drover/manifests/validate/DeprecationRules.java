package dev.drover.manifests.validate;

import dev.drover.manifests.cron.Cron;
import dev.drover.manifests.model.Identity;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.LogConfig;
import dev.drover.manifests.model.Network;
import dev.drover.manifests.model.ParameterizedPolicy;
import dev.drover.manifests.model.PeriodicPolicy;
import dev.drover.manifests.model.Resources;
import dev.drover.manifests.model.Service;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Launches, what old files have that does nothing any more or has a newer form, and what nobody
/// here does.
final class DeprecationRules {
    private static final Set<String> UNMADE = Set.of("bridge", "none");
    private static final List<String> PAYLOADS = List.of("optional", "required", "forbidden");

    private DeprecationRules() {}

    static void check(Job job, Report report) {
        JobSpec spec = job.spec();
        spec.periodic().ifPresent(periodic -> periodic(periodic, report));
        spec.parameterized().ifPresent(parameterized -> parameterized(parameterized, report));
        ignored(
                spec.multiregion().isPresent(),
                Path.ROOT.field("multiregion"),
                "multiregion",
                "there is one region",
                report);
        for (Parts.GroupPart part : Parts.groups(job)) {
            group(part.group(), part.path(), report);
        }
        Parts.tasks(job).forEach(part -> task(part, report));
    }

    private static void task(Parts.TaskPart part, Report report) {
        unserved(part, report);
        Path resources = part.path().field("resources");
        ignored(
                part.task().resources().flatMap(Resources::iops).isPresent(),
                resources.field("iops"),
                "iops",
                "input and output are not counted",
                report);
        ignored(
                part.task().logs().flatMap(LogConfig::enabled).isPresent(),
                part.path().field("logs").field("enabled"),
                "enabled",
                "disabled took its place",
                report);
        List<Network> networks = part.task().resources().map(Resources::networks).orElse(List.of());
        for (int i = 0; i < networks.size(); i++) {
            report.add(
                    Code.DEPRECATED,
                    resources.item("networks", i, "network"),
                    "a task's own network has a newer form",
                    "all tasks of a group share one",
                    "move it into the group");
        }
        for (int i = 0; i < part.task().templates().size(); i++) {
            ignored(
                    part.task().templates().get(i).vaultGrace().isPresent(),
                    part.path().item("templates", i, "template").field("vaultGrace"),
                    "vault_grace",
                    "secrets are renewed in time without it",
                    report);
        }
    }

    private static void group(TaskGroup group, Path path, Report report) {
        String instead = "the disconnect block says what becomes of silent nodes";
        ignored(
                group.stopAfterClientDisconnect().isPresent(),
                path.field("stopAfterClientDisconnect"),
                "stop_after_client_disconnect",
                instead,
                report);
        ignored(
                group.maxClientDisconnect().isPresent(),
                path.field("maxClientDisconnect"),
                "max_client_disconnect",
                instead,
                report);
        ignored(
                group.preventRescheduleOnLost().isPresent(),
                path.field("preventRescheduleOnLost"),
                "prevent_reschedule_on_lost",
                instead,
                report);
        for (int i = 0; i < group.networks().size(); i++) {
            network(group.networks().get(i), path.item("networks", i, "network"), report);
            unserved(group.networks().get(i), path.item("networks", i, "network"), report);
        }
        services(group.services(), path, report);
        for (int i = 1; i < group.networks().size(); i++) {
            ignored(
                    true,
                    path.item("networks", i, "network"),
                    "a second network",
                    "a group has one network",
                    report);
        }
    }

    private static void network(Network network, Path path, Report report) {
        ignored(
                network.mbits().isPresent(),
                path.field("mbits"),
                "mbits",
                "bandwidth is not counted",
                report);
        String chosen = "the node knows its network cards and addresses";
        ignored(network.device().isPresent(), path.field("device"), "device", chosen, report);
        ignored(network.cidr().isPresent(), path.field("cidr"), "cidr", chosen, report);
        ignored(network.ip().isPresent(), path.field("ip"), "ip", chosen, report);
    }

    /// Where nobody here does what is asked, the job runs without, and whoever wrote it is told.
    private static void unserved(Network network, Path path, Report report) {
        String mode = network.mode().orElse("host");
        if (UNMADE.contains(mode) || mode.startsWith("cni/")) {
            report.add(
                    Code.IGNORED,
                    path.field("mode"),
                    "mode = \"" + mode + "\" has no effect",
                    "tasks are in their node's network: nothing is between a port's number there and `to`",
                    "let the task listen on ${NOMAD_HOST_PORT_label}, and remove mode");
        }
        if (network.hostname().isPresent()) {
            report.add(
                    Code.IGNORED,
                    path.field("hostname"),
                    "hostname has no effect",
                    "tasks are in their node's network",
                    "remove it; a jail has one: Host_hostname");
        }
        if (network.dns().isPresent()) {
            report.add(
                    Code.IGNORED,
                    path.field("dns"),
                    "dns has no effect",
                    "tasks look up names as their node does",
                    "remove it, and set the node's resolver");
        }
    }

    private static void services(List<Service> services, Path path, Report report) {
        for (int i = 0; i < services.size(); i++) {
            if (services.get(i).connect().isPresent()) {
                report.add(
                        Code.IGNORED,
                        path.item("services", i, "service").field("connect"),
                        "connect has no effect",
                        "there is no mesh: no proxy is started, and nobody listens for its upstreams",
                        "find other services in a template: {{ range nomadService \"db\" }}");
            }
        }
    }

    private static void unserved(Parts.TaskPart part, Report report) {
        Task task = part.task();
        Path path = part.path();
        services(task.services(), path, report);
        Path ofGroup = report.either(part.in().path().field("vault"), Path.ROOT.field("vault"));
        if (task.vault().isPresent()) {
            report.add(
                    Code.IGNORED,
                    report.either(path.field("vault"), ofGroup),
                    "vault has no effect",
                    "no Vault is asked: the task gets no VAULT_TOKEN",
                    "keep secrets in a variable, and read it in a template with nomadVar");
        }
        if (!task.secrets().isEmpty()) {
            report.add(
                    Code.IGNORED,
                    path.field("secrets"),
                    "secret has no effect",
                    "nobody fetches it",
                    "keep it in a variable, and read it in a template with nomadVar");
        }
        if (task.identities().stream().anyMatch(DeprecationRules::given)) {
            report.add(
                    Code.IGNORED,
                    path.field("identities"),
                    "identity has no effect",
                    "no tokens are issued: the task gets neither NOMAD_TOKEN nor the file",
                    "write what the task needs into its env or a template");
        }
        if (!task.actions().isEmpty()) {
            report.add(
                    Code.IGNORED,
                    path.field("actions"),
                    "action has no effect",
                    "nobody calls it",
                    "run the command with `drover exec`");
        }
        if (task.schedule().isPresent()) {
            report.add(
                    Code.IGNORED,
                    path.field("schedule"),
                    "schedule has no effect",
                    "the task runs as long as its job does",
                    "launch it by a job with periodic");
        }
        if (task.csiPlugin().isPresent()) {
            report.add(
                    Code.IGNORED,
                    path.field("csiPlugin"),
                    "csi_plugin has no effect",
                    "CSI volumes are not spoken",
                    "offer folders of a node with `drover node --host-volume`");
        }
    }

    private static boolean given(Identity identity) {
        return identity.env().orElse(false)
                || identity.file().orElse(false)
                || identity.filepath().isPresent();
    }

    private static void ignored(boolean stated, Path path, String name, String why, Report report) {
        if (stated) {
            report.add(Code.IGNORED, path, name + " has no effect", why, "remove it");
        }
    }

    private static void periodic(PeriodicPolicy periodic, Report report) {
        Path path = Path.ROOT.field("periodic");
        if (periodic.cron().isEmpty() && periodic.crons().isEmpty()) {
            report.add(
                    Code.MISSING_FIELD,
                    path,
                    "crons is required",
                    "write crons = [\"*/15 * * * *\"]");
        }
        if (periodic.cron().isPresent() && !periodic.crons().isEmpty()) {
            report.add(Code.CONTRADICTION, path, "it has cron and crons", "keep crons");
        } else if (periodic.cron().isPresent()) {
            report.add(
                    Code.DEPRECATED,
                    path.field("cron"),
                    "cron has a newer form",
                    "write crons = [\"" + periodic.cron().get() + "\"]");
        }
        periodic.cron().ifPresent(text -> times(text, path.field("cron"), report));
        periodic.crons().forEach(text -> times(text, path.field("crons"), report));
        zone(periodic.timeZone(), path.field("timeZone"), report);
    }

    private static void times(String text, Path path, Report report) {
        if (Cron.read(text) instanceof Cron.Reading.Wrong(String why)) {
            report.add(
                    Code.INVALID_VALUE,
                    path,
                    "\"" + text + "\" says no times",
                    why,
                    "write minute, hour, day of the month, month and day of the week, as \"30 4 * * *\"");
        }
    }

    private static void zone(Optional<String> zone, Path path, Report report) {
        boolean known =
                zone.isEmpty()
                        || java.time.ZoneId.getAvailableZoneIds().contains(zone.get())
                        || zone.get().equals("Local");
        if (!known) {
            report.add(
                    Code.INVALID_VALUE,
                    path,
                    "\"" + zone.get() + "\" is not a time zone",
                    "write a name like Europe/Berlin or UTC");
        }
    }

    private static void parameterized(ParameterizedPolicy policy, Report report) {
        Path path = Path.ROOT.field("parameterized");
        policy.payload()
                .filter(payload -> !payload.isEmpty())
                .ifPresent(payload -> Word.check(payload, PAYLOADS, path.field("payload"), report));
        Set<String> both = new HashSet<>(policy.metaRequired());
        both.retainAll(policy.metaOptional());
        if (!both.isEmpty()) {
            report.add(
                    Code.CONTRADICTION,
                    path.field("metaOptional"),
                    String.join(", ", both) + " is required and optional",
                    "take it out of one of the two lists");
        }
    }
}
