package dev.drover.node.environment;

import dev.drover.manifests.model.GrantedDevice;
import dev.drover.manifests.model.GrantedPort;
import dev.drover.manifests.model.HostVolume;
import dev.drover.manifests.model.NodeResources;
import dev.drover.manifests.model.Resources;
import dev.drover.manifests.model.Value;
import dev.drover.manifests.model.VolumeMount;
import dev.drover.node.cgroup.Ceiling;
import dev.drover.node.driver.Device;
import dev.drover.node.driver.TaskFolders;
import dev.drover.node.driver.TaskRun;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a task gets to see of its surroundings: its variables, and what `${…}` means in its config
/// and its `env`. Nothing of the daemon's own environment is in it.
public final class TaskEnvironment {
    /// There is one.
    static final String REGION = "global";

    private static final String PATH =
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final int CPU_DEFAULT = 100;
    private static final int MEMORY_DEFAULT = 300;
    private static final int SHORT_ID = 8;

    /// What the server calls a job that was launched by time or by dispatch.
    private static final Pattern LAUNCHED = Pattern.compile("(.+)/(?:periodic|dispatch)-[^/]+");

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^{}]*)}");
    private static final Pattern ENV = Pattern.compile("env\\[\"([^\"]*)\"]");

    private final NodeFacts node;
    private final TaskSubject subject;
    private final SortedMap<String, String> variables = new TreeMap<>();

    /// Of a task whose folders are `folders`, as the task itself sees them.
    public TaskEnvironment(TaskSubject subject, NodeFacts node, TaskFolders folders) {
        this.node = node;
        this.subject = subject;
        variables.put("PATH", PATH);
        place(folders);
        identity(subject);
        size(resources());
        cores(own().cores());
        devices(own().devices());
        subject.allocation().spec().granted().ports().forEach(this::port);
        meta(subject.job().spec().meta());
        meta(subject.group().meta());
        meta(subject.task().meta());
        Map<String, String> own = new TreeMap<>(subject.task().env());
        own.replaceAll((_, value) -> fill(value)); // with what is built in, not with each other
        variables.putAll(own);
    }

    private void place(TaskFolders folders) {
        variables.put("NOMAD_ALLOC_DIR", folders.shared().toString());
        variables.put("NOMAD_TASK_DIR", folders.local().toString());
        variables.put("NOMAD_SECRETS_DIR", folders.secrets().toString());
        variables.put("TMPDIR", folders.tmp().toString());
    }

    private void identity(TaskSubject subject) {
        String id = subject.allocation().id();
        variables.put("NOMAD_ALLOC_ID", id);
        variables.put("NOMAD_SHORT_ALLOC_ID", id.substring(0, Math.min(SHORT_ID, id.length())));
        variables.put("NOMAD_ALLOC_NAME", subject.allocationName());
        variables.put("NOMAD_ALLOC_INDEX", Integer.toString(subject.allocation().spec().index()));
        variables.put("NOMAD_TASK_NAME", subject.task().name());
        variables.put("NOMAD_GROUP_NAME", subject.group().name());
        variables.put("NOMAD_JOB_ID", subject.job().name());
        variables.put("NOMAD_JOB_NAME", subject.job().spec().name().orElse(subject.job().name()));
        Matcher launched = LAUNCHED.matcher(subject.job().name());
        if (launched.matches()) {
            variables.put("NOMAD_JOB_PARENT_ID", launched.group(1));
        }
        variables.put("NOMAD_NAMESPACE", subject.job().namespace());
        variables.put("NOMAD_DC", node.status().datacenter());
        variables.put("NOMAD_REGION", REGION);
    }

    private void size(Optional<Resources> resources) {
        variables.put(
                "NOMAD_CPU_LIMIT",
                resources.flatMap(Resources::cpu).orElse(CPU_DEFAULT).toString());
        variables.put(
                "NOMAD_MEMORY_LIMIT",
                resources.flatMap(Resources::memoryMib).orElse(MEMORY_DEFAULT).toString());
        resources
                .flatMap(Resources::memoryMaxMib)
                .ifPresent(max -> variables.put("NOMAD_MEMORY_MAX_LIMIT", max.toString()));
    }

    private void cores(List<Integer> cores) {
        if (!cores.isEmpty()) {
            variables.put("NOMAD_CPU_CORES", Ceiling.listed(cores));
        }
    }

    private void port(GrantedPort port) {
        String label = clean(port.label());
        address("NOMAD_", label, port.hostIp(), port.to());
        address("NOMAD_HOST_", label, port.hostIp(), port.value());
        address("NOMAD_ALLOC_", label, port.hostIp(), port.to());
    }

    private void address(String prefix, String label, String ip, int port) {
        variables.put(prefix + "IP_" + label, ip);
        variables.put(prefix + "PORT_" + label, Integer.toString(port));
        variables.put(
                prefix + "ADDR_" + label, (ip.contains(":") ? "[" + ip + "]" : ip) + ":" + port);
    }

    private void meta(Map<String, String> meta) {
        meta.forEach((key, value) -> {
            String filled = fill(value);
            variables.put("NOMAD_META_" + clean(key), filled);
            variables.put("NOMAD_META_" + clean(key).toUpperCase(Locale.ROOT), filled);
        });
    }

    /// Only letters, digits and `_`, as every shell can name it.
    private static String clean(String name) {
        return name.replaceAll("[^A-Za-z0-9_]", "_");
    }

    /// What the task may use here: cores of its own are worth what the node's are.
    public Optional<Resources> resources() {
        NodeResources all = node.status().resources();
        int cores = subject.cores().size();
        return cores == 0
                ? subject.resources()
                : subject.resources().map(r -> r.withCpu(cores * all.cpu() / all.cores()));
    }

    /// What of the node is the task's alone. A core that the daemon may no longer use is left out:
    /// it was started with fewer.
    public TaskRun.Own own() {
        List<Integer> processors = node.hardware().processors();
        return new TaskRun.Own(
                subject.cores().stream()
                        .filter(core -> core < processors.size())
                        .map(processors::get)
                        .toList(),
                subject.devices().flatMap(this::devices).toList(),
                subject.task().volumeMounts().stream().flatMap(m -> mount(m).stream()).toList());
    }

    /// A volume of the group where the task sees it.
    private Optional<TaskRun.Mount> mount(VolumeMount mount) {
        return subject.group().volumes().stream()
                .filter(volume -> mount.volume().equals(Optional.of(volume.name())))
                .findFirst()
                .map(volume -> {
                    String name = volume.source().orElse(volume.name());
                    Optional<HostVolume> folder =
                            Optional.ofNullable(node.status().hostVolumes().get(name));
                    boolean readOnly =
                            volume.readOnly().orElse(false)
                                    || mount.readOnly().orElse(false)
                                    || folder.map(HostVolume::readOnly).orElse(true);
                    return new TaskRun.Mount(
                            name,
                            folder.map(HostVolume::path).map(Path::of),
                            fill(mount.destination().orElse("")),
                            readOnly);
                });
    }

    /// A device that was unplugged keeps its name: the task is told so instead of starting without.
    private Stream<Device> devices(GrantedDevice granted) {
        String[] name = granted.name().split("/", -1);
        return granted.ids().stream()
                .map(id ->
                        Optional.ofNullable(
                                        node.hardware().devices().get(granted.name() + "/" + id))
                                .orElseGet(() -> new Device(name[0], name[1], id, List.of())));
    }

    /// `DROVER_DEVICE_GPU` has the ids, `DROVER_DEVICE_GPU_FILES` where they are; NVIDIA's own
    /// libraries read a variable of their own.
    private void devices(List<Device> devices) {
        for (Device device : devices) {
            String variable = "DROVER_DEVICE_" + clean(device.type()).toUpperCase(Locale.ROOT);
            variables.merge(variable, device.id(), TaskEnvironment::listed);
            device.files()
                    .forEach(file ->
                            variables.merge(
                                    variable + "_FILES", file.toString(), TaskEnvironment::listed));
            if (device.vendor().equals("nvidia") && device.type().equals("gpu")) {
                variables.merge("NVIDIA_VISIBLE_DEVICES", device.id(), TaskEnvironment::listed);
            }
        }
    }

    private static String listed(String before, String more) {
        return List.of(before.split(",", -1)).contains(more) ? before : before + "," + more;
    }

    /// Every variable of the task.
    public Map<String, String> variables() {
        return variables;
    }

    /// What `env` means in a template of the task: its variables, and its node by the names of
    /// references (`node.datacenter`, `attr.cpu.arch`, `meta.rack`).
    ///
    /// @param variables with those that templates have added
    public Map<String, String> inTemplates(Map<String, String> variables) {
        Map<String, String> seen = new TreeMap<>(node.all());
        seen.putAll(variables);
        return seen;
    }

    /// The text with every reference replaced that is known here. The others stay as they are:
    /// shells have `${…}` too.
    public String fill(String text) {
        return REFERENCE
                .matcher(text)
                .replaceAll(match ->
                        Matcher.quoteReplacement(
                                value(match.group(1).strip()).orElse(match.group())));
    }

    private Optional<String> value(String reference) {
        Matcher env = ENV.matcher(reference);
        if (env.matches()) {
            return Optional.ofNullable(variables.get(env.group(1)));
        }
        return reference.startsWith("NOMAD_")
                ? Optional.ofNullable(variables.get(reference))
                : node.of(reference);
    }

    /// The config with every text in it filled.
    public Map<String, Value> fill(Map<String, Value> config) {
        Map<String, Value> filled = new LinkedHashMap<>();
        config.forEach((key, value) -> filled.put(key, fill(value)));
        return filled;
    }

    private Value fill(Value value) {
        return switch (value) {
            case Value.Text(String text) -> new Value.Text(fill(text));
            case Value.Items(var items) -> new Value.Items(items.stream().map(this::fill).toList());
            case Value.Fields(var fields) -> new Value.Fields(fill(fields));
            case Value.Num _, Value.Bool _, Value.Nothing _ -> value;
        };
    }
}
