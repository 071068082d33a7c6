package dev.drover.manifests.shape;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a job file in HCL must keep to beyond the types of the records: which maps are blocks and
/// which are arguments, what a block cannot be without, where null is no value. A file that breaks
/// these is refused by Nomad too, and reads differently in no other syntax.
final class HclSchema {

    /// Maps that are written `name { … }` and never `name = { … }`. (Where a key is no name, as a
    /// text of ours may have it, `name = ({ … })`.)
    private static final Set<String> BLOCKS =
            Set.of(
                    "Task.config",
                    "SidecarTask.config",
                    "SidecarTask.env",
                    "SidecarTask.meta",
                    "SidecarService.meta",
                    "SidecarProxy.config",
                    "Upstream.config",
                    "GatewayProxy.config",
                    "HeaderChanges.add",
                    "HeaderChanges.set",
                    "Service.meta",
                    "Service.canaryMeta",
                    "Service.taggedAddresses",
                    "Check.header",
                    "Artifact.options",
                    "Artifact.headers",
                    "Secret.config",
                    "Secret.env",
                    "Scaling.policy",
                    "TaskScaling.policy",
                    "MultiregionRegion.meta");

    /// Maps that are written `name = { … }` and never `name { … }`.
    private static final Set<String> ARGUMENTS = Set.of("Cni.args");

    /// Arguments that their block cannot be without.
    private static final Set<String> REQUIRED =
            Set.of("Action.command", "Lifecycle.hook", "Scaling.max");

    /// Records none of whose scalars may be null.
    private static final Set<String> WITHOUT_NULL =
            Set.of(
                    "Action",
                    "Check",
                    "CheckRestart",
                    "Connect",
                    "ConsulOptions",
                    "CsiPlugin",
                    "DispatchPayload",
                    "ExposePath",
                    "GatewayBindAddress",
                    "GatewayProxy",
                    "GatewaySds",
                    "GatewayTls",
                    "Identity",
                    "IngressListener",
                    "JobLink",
                    "JobUi",
                    "Lifecycle",
                    "MeshGateway",
                    "MountOptions",
                    "Numa",
                    "ParameterizedPolicy",
                    "Port",
                    "ScheduleCron",
                    "Secret",
                    "Service",
                    "ServiceWeights",
                    "SidecarProxy",
                    "SidecarService",
                    "SidecarTask",
                    "SpreadTarget",
                    "Task",
                    "TerminatingService",
                    "TransparentProxy",
                    "Upstream",
                    "VolumeRequest");

    /// Single scalars that may not be null, in records where others may.
    private static final Set<String> NOT_NULL =
            Set.of(
                    "Artifact.chown",
                    "MultiregionRegion.nodePool",
                    "IngressService.name",
                    "Network.cidr",
                    "Network.device",
                    "Network.hostname",
                    "Network.ip",
                    "Network.mode",
                    "Scaling.type",
                    "Spread.attribute",
                    "TaskScaling.type",
                    "VaultOptions.cluster",
                    "VaultOptions.role");

    /// Numbers of fewer digits than others: counts, of which there are none below zero, ports, and
    /// shares of a hundred.
    private static final Map<String, Range> RANGES =
            Map.of(
                    "DeviceRequest.count", new Range(0, Long.MAX_VALUE),
                    "IngressService.maxConcurrentRequests", new Range(0, 0xFFFF_FFFFL),
                    "IngressService.maxConnections", new Range(0, 0xFFFF_FFFFL),
                    "IngressService.maxPendingRequests", new Range(0, 0xFFFF_FFFFL),
                    "TransparentProxy.outboundPort", new Range(0, 65_535),
                    "Affinity.weight", new Range(-128, 127),
                    "Spread.weight", new Range(-128, 127),
                    "SpreadTarget.percent", new Range(0, 255));

    /// The least and the most that a number may be.
    record Range(long least, long most) {
        /// What a number out of it is told.
        String wanted() {
            return most == Long.MAX_VALUE
                    ? "it counts, so write 0 or more"
                    : "the number must be between " + least + " and " + most;
        }

        boolean holds(BigDecimal number) {
            return number.compareTo(BigDecimal.valueOf(least)) >= 0
                    && number.compareTo(BigDecimal.valueOf(most)) <= 0;
        }
    }

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    private HclSchema() {}

    /// Whether a key can be an argument's name. Maps with others cannot be written as blocks.
    static boolean isName(String key) {
        return NAME.matcher(key).matches();
    }

    /// How a map is written.
    enum MapForm {
        BLOCK,
        ARGUMENT,
        EITHER
    }

    /// What holds for one component.
    ///
    /// @param mapForm for maps: how they are written
    /// @param required whether its block cannot be without it
    /// @param nullIsNoValue whether null is refused, and does not mean absent
    /// @param range for numbers: what they may be, where that is less than their type holds
    record Rules(MapForm mapForm, boolean required, boolean nullIsNoValue, Optional<Range> range) {}

    /// What holds for a component of a record.
    static Rules of(String owner, String component, Shape shape) {
        String name = owner + "." + component;
        return new Rules(
                mapForm(name),
                REQUIRED.contains(name),
                nullIsNoValue(owner, name, shape),
                Optional.ofNullable(RANGES.get(name)));
    }

    private static MapForm mapForm(String name) {
        if (BLOCKS.contains(name)) {
            return MapForm.BLOCK;
        }
        return ARGUMENTS.contains(name) ? MapForm.ARGUMENT : MapForm.EITHER;
    }

    private static boolean nullIsNoValue(String owner, String name, Shape slot) {
        Shape shape = slot instanceof Shape.Maybe(Shape of) ? of : slot;
        return switch (shape) {
            case Shape.Span _ -> true;
            case Shape.Items _, Shape.Fields _, Shape.Struct _, Shape.Union _, Shape.Maybe _ ->
                    false;
            case Shape.Scalar _ -> WITHOUT_NULL.contains(owner) || NOT_NULL.contains(name);
        };
    }
}
