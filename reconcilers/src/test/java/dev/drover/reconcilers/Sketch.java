package dev.drover.reconcilers;

import dev.drover.manifests.model.Affinity;
import dev.drover.manifests.model.Constraint;
import dev.drover.manifests.model.DeviceRequest;
import dev.drover.manifests.model.DisconnectPolicy;
import dev.drover.manifests.model.EphemeralDisk;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobStatus;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.JobVersionSpec;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Network;
import dev.drover.manifests.model.ParameterizedPolicy;
import dev.drover.manifests.model.PeriodicPolicy;
import dev.drover.manifests.model.Port;
import dev.drover.manifests.model.ReschedulePolicy;
import dev.drover.manifests.model.Resources;
import dev.drover.manifests.model.Spread;
import dev.drover.manifests.model.SpreadTarget;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.UpdatePolicy;
import dev.drover.manifests.model.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A job drawn with a few strokes: one group of one task, and everything else absent.
public final class Sketch {
    /// When every sketched job was born.
    public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final String name;
    private JobType type = JobType.SERVICE;
    private int priority = 50;
    private int count = 1;
    private int cpu = 100;
    private int memoryMib = 100;
    private String args = "one";
    private boolean stop;
    private String datacenters = "*";
    private String group = "main";
    private final List<String> more = new ArrayList<>();
    private final List<Port> ports = new ArrayList<>();
    private final List<Constraint> constraints = new ArrayList<>();
    private final List<Affinity> affinities = new ArrayList<>();
    private final List<Spread> spreads = new ArrayList<>();
    private Optional<UpdatePolicy> update = Optional.empty();
    private Optional<ReschedulePolicy> reschedule = Optional.empty();
    private Optional<DisconnectPolicy> disconnect = Optional.empty();
    private Optional<PeriodicPolicy> periodic = Optional.empty();
    private Optional<ParameterizedPolicy> parameterized = Optional.empty();
    private boolean allAtOnce;
    private boolean sticky;
    private Optional<Integer> cores = Optional.empty();
    private Optional<Integer> memoryMaxMib = Optional.empty();
    private final List<DeviceRequest> devices = new ArrayList<>();

    private Sketch(String name) {
        this.name = name;
    }

    /// A service.
    public static Sketch service(String name) {
        return new Sketch(name);
    }

    /// A job of another type.
    public static Sketch of(JobType type, String name) {
        Sketch sketch = new Sketch(name);
        sketch.type = type;
        return sketch;
    }

    /// How many copies.
    public Sketch count(int copies) {
        count = copies;
        return this;
    }

    /// Its priority.
    public Sketch priority(int number) {
        priority = number;
        return this;
    }

    /// What its task asks for.
    public Sketch resources(int mhz, int mib) {
        cpu = mhz;
        memoryMib = mib;
        return this;
    }

    /// What its task runs: other arguments replace a copy.
    public Sketch args(String text) {
        args = text;
        return this;
    }

    /// The only group's name.
    public Sketch group(String text) {
        group = text;
        return this;
    }

    /// Another group, which is the same but for its name.
    public Sketch and(String another) {
        more.add(another);
        return this;
    }

    /// A glob of datacenters.
    public Sketch datacenters(String glob) {
        datacenters = glob;
        return this;
    }

    /// A port that is chosen.
    public Sketch dynamicPort(String label) {
        ports.add(port(label, Optional.empty()));
        return this;
    }

    /// A port that is given.
    public Sketch staticPort(String label, int number) {
        ports.add(port(label, Optional.of(number)));
        return this;
    }

    /// A port of that network of the node.
    public Sketch portIn(String network, String label, Optional<Integer> number) {
        ports.add(
                new Port(label, number, Optional.empty(), Optional.of(network), Optional.empty()));
        return this;
    }

    private static Port port(String label, Optional<Integer> number) {
        return new Port(label, number, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// A constraint of the group.
    public Sketch constraint(String left, String operator, String right) {
        constraints.add(
                new Constraint(Optional.of(left), Optional.of(operator), Optional.of(right)));
        return this;
    }

    /// An affinity of the group.
    public Sketch affinity(String left, String right, int weight) {
        affinities.add(
                new Affinity(
                        Optional.of(left),
                        Optional.empty(),
                        Optional.of(right),
                        Optional.of(weight)));
        return this;
    }

    /// A spread of the group by per cent.
    public Sketch spread(String attribute, SpreadTarget... targets) {
        spreads.add(new Spread(Optional.of(attribute), Optional.empty(), List.of(targets)));
        return this;
    }

    /// An even spread of the group.
    public Sketch spread(String attribute) {
        spreads.add(new Spread(Optional.of(attribute), Optional.empty(), List.of()));
        return this;
    }

    /// How many copies an update may take out at once.
    public Sketch maxParallel(int copies) {
        return update(Updates.of(copies));
    }

    /// How a new version replaces the old one.
    public Sketch update(UpdatePolicy policy) {
        update = Optional.of(policy);
        return this;
    }

    /// When failed copies are replaced.
    public Sketch reschedule(ReschedulePolicy policy) {
        reschedule = Optional.of(policy);
        return this;
    }

    /// What becomes of copies on silent nodes.
    public Sketch disconnect(DisconnectPolicy policy) {
        disconnect = Optional.of(policy);
        return this;
    }

    /// Launched by the clock.
    public Sketch periodic(boolean prohibitOverlap, String... crons) {
        return periodicIn("UTC", prohibitOverlap, crons);
    }

    /// Launched by the clock of a place.
    public Sketch periodicIn(String timeZone, boolean prohibitOverlap, String... crons) {
        periodic =
                Optional.of(
                        new PeriodicPolicy(
                                Optional.empty(),
                                Optional.empty(),
                                List.of(crons),
                                Optional.of(prohibitOverlap),
                                Optional.of(timeZone)));
        return this;
    }

    /// Launched by a dispatch that brings this meta.
    public Sketch parameterized(String... required) {
        parameterized =
                Optional.of(
                        new ParameterizedPolicy(Optional.empty(), List.of(required), List.of()));
        return this;
    }

    /// All copies or none.
    public Sketch allAtOnce() {
        allAtOnce = true;
        return this;
    }

    /// Whole cores for its task, instead of MHz.
    public Sketch cores(int number) {
        cores = Optional.of(number);
        return this;
    }

    /// What its task may use where memory is oversubscribed.
    public Sketch memoryMax(int mib) {
        memoryMaxMib = Optional.of(mib);
        return this;
    }

    /// A device for its task.
    public Sketch device(DeviceRequest request) {
        devices.add(request);
        return this;
    }

    /// Its data stays where it is.
    public Sketch sticky() {
        sticky = true;
        return this;
    }

    /// Stopped by its owner.
    public Sketch stopped() {
        stop = true;
        return this;
    }

    /// What is drawn.
    public JobSpec spec() {
        return new JobSpec(
                Optional.empty(),
                Optional.of(type),
                Optional.empty(),
                Optional.of(priority),
                allAtOnce ? Optional.of(true) : Optional.empty(),
                List.of(datacenters),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Stream.concat(Stream.of(group), more.stream()).map(this::taskGroup).toList(),
                Optional.empty(),
                periodic,
                parameterized,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                stop ? Optional.of(true) : Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private TaskGroup taskGroup(String name) {
        Network network =
                new Network(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        ports,
                        Optional.empty());
        return new TaskGroup(
                name,
                Optional.of(count),
                constraints,
                affinities,
                spreads,
                ports.isEmpty() ? List.of() : List.of(network),
                List.of(),
                List.of(),
                List.of(task()),
                update,
                Optional.empty(),
                Optional.empty(),
                reschedule,
                disconnect,
                sticky ? Optional.of(disk()) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static EphemeralDisk disk() {
        return new EphemeralDisk(Optional.of(300), Optional.of(true), Optional.empty());
    }

    private Task task() {
        return new Task(
                "server",
                "raw_exec",
                Optional.empty(),
                Map.of("command", new Value.Text(args)),
                Map.of(),
                Optional.of(
                        new Resources(
                                cores.isPresent() ? Optional.empty() : Optional.of(cpu),
                                cores,
                                Optional.of(memoryMib),
                                memoryMaxMib,
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                devices,
                                Optional.empty(),
                                Optional.empty())),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /// The job as admission makes it, in its first life.
    public Job job(int version) {
        String uid = "uid-of-" + name;
        JobStatus unseen = JobStatus.unseen();
        return new Job(
                Metadata.named("default", name).born(uid, NOON).withGeneration(version + 1L),
                spec(),
                new JobStatus(
                        version,
                        Optional.empty(),
                        version,
                        unseen.phase(),
                        unseen.groups(),
                        unseen.conditions(),
                        unseen.launched()));
    }

    /// The version that is kept with it.
    public JobVersion version(int version) {
        String uid = "uid-of-" + name;
        return new JobVersion(
                Metadata.named("default", JobVersion.nameOf(uid, version)).born(uid, NOON),
                new JobVersionSpec(
                        name, uid, version, 1, false, Optional.empty(), Optional.empty(), spec()));
    }
}
