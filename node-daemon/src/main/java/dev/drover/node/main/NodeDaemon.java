package dev.drover.node.main;

import dev.drover.manifests.wire.Assignment;
import dev.drover.node.alloc.AllocationFolders;
import dev.drover.node.alloc.AllocationRunner;
import dev.drover.node.alloc.AllocationTools;
import dev.drover.node.alloc.Allocations;
import dev.drover.node.alloc.DirectoryHook;
import dev.drover.node.alloc.Leftovers;
import dev.drover.node.alloc.StickyHook;
import dev.drover.node.artifact.ArtifactCache;
import dev.drover.node.artifact.ArtifactHook;
import dev.drover.node.artifact.ArtifactPlan;
import dev.drover.node.artifact.FetchProcess;
import dev.drover.node.cgroup.Cgroups;
import dev.drover.node.disk.DiskHook;
import dev.drover.node.driver.Driver;
import dev.drover.node.driver.jail.Jails;
import dev.drover.node.environment.NodeFacts;
import dev.drover.node.fingerprint.Fingerprint;
import dev.drover.node.hook.TaskContext;
import dev.drover.node.link.Arrivals;
import dev.drover.node.link.Endpoint;
import dev.drover.node.link.Hearing;
import dev.drover.node.link.Inquiries;
import dev.drover.node.link.Link;
import dev.drover.node.link.ReportNumbers;
import dev.drover.node.link.Reports;
import dev.drover.node.logs.LogKeeper;
import dev.drover.node.os.Exits;
import dev.drover.node.os.ProcessIdentity;
import dev.drover.node.os.Uptime;
import dev.drover.node.payload.PayloadHook;
import dev.drover.node.secrets.Secrets;
import dev.drover.node.stats.Sampler;
import dev.drover.node.supervision.Supervisor;
import dev.drover.node.template.TemplateHook;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node daemon in this process.
///
/// It goes on with everything an earlier one has left, then dials the controller. Closing it leaves
/// its tasks running; [#removeAll] ends them.
public final class NodeDaemon implements AutoCloseable {
    private final Trim trim;
    private static final Logger LOG = LoggerFactory.getLogger(NodeDaemon.class);

    private final DataFolder folder;
    private final Exits exits;
    private final Supervisor supervisor;
    private final Optional<Cgroups> cgroups;
    private final Jails jails;
    private final Allocations allocations;
    private final Sampler sampler;
    private final LogKeeper logs;
    private final Link link;
    private final Link.Cargo cargo;
    private final Fingerprint.Found found;
    private final String name;
    private final Hearing hearing;

    private NodeDaemon(
            NodeConfig config,
            Link link,
            RandomGenerator chance,
            UnaryOperator<AllocationTools> amended)
            throws IOException {
        this.link = link;
        trim = Trim.begin();
        folder = DataFolder.open(config.data());
        Path data = folder.path();
        Identity identity = Identity.open(data.resolve("node"));
        exits = new Exits();
        supervisor = Supervisor.open(data.resolve("bin"), exits);
        cgroups = Cgroups.open("node-" + identity.uid());
        Secrets secrets = Secrets.look(data);
        Optional<Path> freeBsd =
                Drivers.freeBsdTools(config.jailRuntime(), System.getProperty("os.name", ""));
        jails = jails(config, supervisor, data, identity, freeBsd.isPresent());
        List<Driver> drivers = Drivers.of(jails, freeBsd, System.getenv());
        found = look(config, drivers, new Fingerprint.Means(cgroups.isPresent(), secrets));
        Inquiries inquiries = new Inquiries(this::here);
        Arrivals arrivals = new Arrivals();
        hearing = Hearing.open(data.resolve("heard"), ProcessIdentity.currentBoot(), Uptime::now);
        name = config.name().orElseGet(found::hostname);
        NodeFacts facts = new NodeFacts(identity.uid(), name, found.status(), found.hardware());
        AllocationTools tools =
                new AllocationTools(
                        data,
                        hooks(config, secrets, inquiries, this::runner),
                        drivers.stream()
                                .collect(Collectors.toMap(Driver::name, Function.identity())),
                        () -> facts,
                        this::runner,
                        arrivals,
                        hearing::silence,
                        cgroups,
                        InstantSource.system(),
                        chance);
        ReportNumbers numbers = ReportNumbers.open(data.resolve("reports"));
        Reports reports = new Reports(numbers);
        allocations =
                new Allocations(
                        amended.apply(tools),
                        new Leftovers(data, supervisor, cgroups),
                        reports::add);
        sampler = new Sampler(() -> subjects(allocations), InstantSource.system());
        logs =
                new LogKeeper(
                        () -> Outputs.all(allocations),
                        LogKeeper.budget(config.logBytesMax(), data));
        cargo =
                new Link.Cargo(
                        new Membership(
                                data.resolve("node"),
                                identity,
                                facts,
                                numbers,
                                allocations,
                                hearing),
                        reports,
                        numbers,
                        new AllocationStreams(allocations, sampler, arrivals),
                        inquiries,
                        arrivals);
    }

    private static Jails jails(
            NodeConfig config, Supervisor supervisor, Path data, Identity identity, boolean freeBsd)
            throws IOException {
        return Jails.open(
                supervisor,
                data.resolve("bin"),
                Path.of("drover", "node-" + identity.uid()),
                config.jails(),
                freeBsd ? Optional.empty() : config.jailRuntime());
    }

    private static Fingerprint.Found look(
            NodeConfig config, List<Driver> drivers, Fingerprint.Means means) throws IOException {
        return Fingerprint.look(config.data(), config.words(), config.address(), drivers, means);
    }

    private static AllocationTools.Hooks hooks(
            NodeConfig config,
            Secrets secrets,
            Inquiries inquiries,
            Function<String, Optional<AllocationRunner>> others)
            throws IOException {
        return new AllocationTools.Hooks(
                List.of(
                        new DirectoryHook(secrets), // first: everything else writes into them
                        new StickyHook(others, InstantSource.system())), // takes their place
                List.of(
                        new PayloadHook(), // before all that may read it
                        new ArtifactHook(
                                new ArtifactCache(
                                        config.data().resolve("artifacts"),
                                        FetchProcess.ofThisProgram(),
                                        ArtifactCache.BYTES_MAX,
                                        InstantSource.system()),
                                rules(config)), // before templates, which may read artifacts
                        new TemplateHook(
                                TemplateHook.asking(inquiries),
                                InstantSource.system(),
                                task ->
                                        marks(
                                                config.data(),
                                                task)), // may add variables for the driver
                        new DiskHook(InstantSource.system()))); // goes along, and counts
    }

    private static Path marks(Path data, TaskContext task) {
        return new AllocationFolders(data, task.subject().allocation().id())
                .templates(task.subject().task().name());
    }

    /// A server on this machine's loopback serves one person, who owns the machine's other services
    /// too.
    private static ArtifactPlan.Rules rules(NodeConfig config) {
        String host = String.valueOf(URI.create(config.server().url()).getHost());
        boolean ours = Set.of("127.0.0.1", "localhost", "[::1]").contains(host);
        return ours ? ArtifactPlan.Rules.DEV : ArtifactPlan.Rules.SHARED;
    }

    /// Starts it: everything that an earlier daemon has left goes on before the node registers, so
    /// nothing that happened meanwhile is missing from the first report.
    public static NodeDaemon start(NodeConfig config) throws IOException {
        return start(config, UnaryOperator.identity());
    }

    /// The same with other tools: those of a test, which end the daemon between two steps.
    static NodeDaemon start(NodeConfig config, UnaryOperator<AllocationTools> amended)
            throws IOException {
        RandomGenerator chance = new SecureRandom(); // safe for many threads
        Link link = Link.dial(Endpoint.of(config.server().url(), config.server().tls()), chance);
        boolean started = false;
        try (StartWatch _ = new StartWatch(StartWatch.LONG, LOG::warn)) {
            NodeDaemon daemon = new NodeDaemon(config, link, chance, amended);
            daemon.allocations.recall();
            link.carry(daemon.cargo);
            started = true;
            return daemon;
        } finally {
            if (!started) {
                link.drop();
            }
        }
    }

    /// What the node is called in its cluster.
    public String name() {
        return name;
    }

    /// What was found on this machine, for people.
    public Fingerprint.Found found() {
        return found;
    }

    /// Stops watching. The tasks go on, and the next daemon on this folder finds them.
    @Override
    public void close() throws IOException {
        try {
            link.hangUp();
            allocations.leave();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        end();
    }

    /// Stops and removes every allocation, then closes. Nothing of them is left.
    public void removeAll() throws IOException, InterruptedException {
        link.hangUp();
        allocations.removeAll();
        end();
    }

    private static List<Sampler.Subject> subjects(Allocations allocations) {
        return allocations.all().stream().flatMap(NodeDaemon::subjects).toList();
    }

    private static Stream<Sampler.Subject> subjects(AllocationRunner runner) {
        Assignment assignment = runner.memory().assignment();
        return runner.tasks().entrySet().stream()
                .flatMap(task ->
                        task.getValue().running().stream()
                                .map(running ->
                                        new Sampler.Subject(
                                                assignment.id(),
                                                assignment.namespace(),
                                                assignment.spec().jobName(),
                                                task.getKey(),
                                                running)));
    }

    private boolean here(String allocation) {
        return runner(allocation).isPresent();
    }

    private Optional<AllocationRunner> runner(String allocation) {
        return allocations.runner(allocation);
    }

    private void end() throws IOException {
        sampler.close();
        logs.close();
        jails.removeGroups(); // as far as nothing runs in them
        cgroups.ifPresent(Cgroups::remove);
        supervisor.close();
        exits.close();
        hearing.close();
        folder.close();
        trim.close();
    }
}
