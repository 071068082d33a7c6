package dev.drover.manifests.shape;

import java.util.Map;
import java.util.Optional;

/// What a component is called in each dialect. A rule for nearly all of them, and the one table of
/// those that do not follow it.
public final class FieldNames {

    /// What a field is called in a dialect that does not have it.
    static final String NOWHERE = "-";

    /// Names that the rule does not give, by `Record.component`. An empty one follows the rule.
    private static final Map<String, Names> EXCEPTIONS =
            Map.ofEntries(
                    // the job
                    named("JobSpec.groups", "", "TaskGroups"),
                    named("JobSpec.parameterized", "", "ParameterizedJob"),
                    named("JobSpec.stop", NOWHERE, ""), // nobody writes it in a file
                    named("JobSpec.payload", NOWHERE, ""), // nor this
                    named("JobSpec.ui", "", "UI"),
                    named("JobLink.url", "", "URL"),
                    named("Constraint.attribute", "", "LTarget"),
                    named("Constraint.operator", "", "Operand"),
                    named("Constraint.value", "", "RTarget"),
                    named("Affinity.attribute", "", "LTarget"),
                    named("Affinity.operator", "", "Operand"),
                    named("Affinity.value", "", "RTarget"),
                    named("Spread.targets", "", "SpreadTarget"),
                    // the group
                    named("TaskGroup.restart", "", "RestartPolicy"),
                    named("TaskGroup.reschedule", "", "ReschedulePolicy"),
                    named("EphemeralDisk.sizeMib", "size", "SizeMB"),
                    named("Network.dns", "", "DNS"),
                    named("Network.cidr", "", "CIDR"),
                    named("Network.ip", "", "IP"),
                    named("Network.mbits", "", "MBits"),
                    named("Network.cni", "", "CNI"),
                    named("Port.staticPort", "static", "Value"),
                    named("MountOptions.fsType", "", "FSType"),
                    // the task
                    named("Task.restart", "", "RestartPolicy"),
                    named("Task.logs", "", "LogConfig"),
                    named("Task.identities", "identity", "Identities"),
                    named("Task.scaling", "scaling", "ScalingPolicies"),
                    named("Task.csiPlugin", "", "CSIPluginConfig"),
                    named("LogConfig.maxFileSizeMib", "max_file_size", "MaxFileSizeMB"),
                    named("Resources.cpu", "", "CPU"),
                    named("Resources.memoryMib", "memory", "MemoryMB"),
                    named("Resources.memoryMaxMib", "memory_max", "MemoryMaxMB"),
                    named("Resources.diskMib", "disk", "DiskMB"),
                    named("Resources.secretsMib", "secrets", "SecretsMB"),
                    named("Resources.numa", "", "NUMA"),
                    named("Resources.iops", "", "IOPS"),
                    named("Artifact.source", "", "GetterSource"),
                    named("Artifact.destination", "", "RelativeDest"),
                    named("Artifact.mode", "", "GetterMode"),
                    named("Artifact.options", "", "GetterOptions"),
                    named("Artifact.headers", "", "GetterHeaders"),
                    named("Artifact.insecure", "", "GetterInsecure"),
                    named("Template.source", "", "SourcePath"),
                    named("Template.destination", "", "DestPath"),
                    named("Template.data", "", "EmbeddedTmpl"),
                    named("Template.leftDelimiter", "", "LeftDelim"),
                    named("Template.rightDelimiter", "", "RightDelim"),
                    named("Template.env", "", "Envvars"),
                    named("Template.quiet", "wait", "Wait"), // records cannot have a wait()
                    named("Template.errorOnMissingKey", "", "ErrMissingKey"),
                    named("VolumeMount.selinuxLabel", "", "SELinuxLabel"),
                    named("Identity.audience", "aud", ""),
                    named("Identity.ttl", "", "TTL"),
                    named("CsiPlugin.id", "", "ID"),
                    named("JavaConfig.mainClass", "class", "class"), // a word of Java
                    // services
                    named("Service.port", "", "PortLabel"),
                    named("Service.task", "", "TaskName"),
                    named("Check.port", "", "PortLabel"),
                    named("Check.task", "", "TaskName"),
                    named("Check.tlsServerName", "", "TLSServerName"),
                    named("Check.tlsSkipVerify", "", "TLSSkipVerify"),
                    named("Check.grpcService", "", "GRPCService"),
                    named("Check.grpcUseTls", "", "GRPCUseTLS"),
                    named("Connect.enabledNatively", "native", "Native"), // a word of Java
                    named("SidecarService.disableDefaultTcpCheck", "", "DisableDefaultTCPCheck"),
                    named("SidecarProxy.upstreams", "upstreams", ""),
                    named("SidecarTask.logs", "", "LogConfig"),
                    named("TransparentProxy.uid", "", "UID"),
                    named("TransparentProxy.excludeOutboundCidrs", "", "ExcludeOutboundCIDRs"),
                    named("TransparentProxy.excludeUids", "", "ExcludeUIDs"),
                    named("TransparentProxy.noDns", "", "NoDNS"),
                    named(
                            "GatewayProxy.envoyGatewayBindAddresses",
                            "envoy_gateway_bind_addresses",
                            ""),
                    named("GatewayProxy.envoyDnsDiscoveryType", "", "EnvoyDNSDiscoveryType"),
                    named("IngressGateway.tls", "", "TLS"),
                    named("IngressService.tls", "", "TLS"),
                    named("GatewayTls.tlsMinVersion", "", "TLSMinVersion"),
                    named("GatewayTls.tlsMaxVersion", "", "TLSMaxVersion"),
                    named("GatewayTls.sds", "", "SDS"),
                    named("TerminatingService.caFile", "", "CAFile"),
                    named("TerminatingService.sni", "", "SNI"));

    /// Blocks whose label is one of their components.
    private static final Map<String, String> LABELS =
            Map.ofEntries(
                    Map.entry("TaskGroup", "name"),
                    Map.entry("Task", "name"),
                    Map.entry("Port", "label"),
                    Map.entry("VolumeRequest", "name"),
                    Map.entry("DeviceRequest", "name"),
                    Map.entry("SpreadTarget", "value"),
                    Map.entry("Action", "name"),
                    Map.entry("Secret", "name"),
                    Map.entry("TaskScaling", "resource"),
                    Map.entry("MultiregionRegion", "name"),
                    Map.entry("GatewayBindAddress", "name"));

    private static Map.Entry<String, Names> named(String component, String hcl, String nomad) {
        return Map.entry(component, new Names(hcl, nomad));
    }

    record Names(String hcl, String nomad) {}

    private FieldNames() {}

    /// A component's names where it is not called as in the record.
    static Names of(String owner, String component, Shape shape) {
        Names names = EXCEPTIONS.getOrDefault(owner + "." + component, new Names("", ""));
        return new Names(
                names.hcl.isEmpty() ? hcl(component, shape) : names.hcl,
                names.nomad.isEmpty() ? camel(component) : names.nomad);
    }

    /// The component that a block's label is, if it has one.
    public static Optional<String> label(Class<? extends Record> type) {
        return Optional.ofNullable(LABELS.get(type.getSimpleName()));
    }

    private static String hcl(String component, Shape shape) {
        String name = snake(component);
        boolean blocks = shape instanceof Shape.Items(Shape item) && item instanceof Shape.Struct;
        return blocks ? singular(name) : name;
    }

    private static String snake(String camel) {
        StringBuilder snake = new StringBuilder(camel.length() + 4);
        for (int i = 0; i < camel.length(); i++) {
            char c = camel.charAt(i);
            if (Character.isUpperCase(c)) {
                snake.append('_').append(Character.toLowerCase(c));
            } else {
                snake.append(c);
            }
        }
        return snake.toString();
    }

    /// `services` → `service`.
    public static String singular(String plural) {
        if (plural.endsWith("ies")) {
            return plural.substring(0, plural.length() - 3) + "y";
        }
        return plural.endsWith("s") ? plural.substring(0, plural.length() - 1) : plural;
    }

    private static String camel(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
