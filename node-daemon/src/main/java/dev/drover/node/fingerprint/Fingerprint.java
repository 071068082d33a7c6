package dev.drover.node.fingerprint;

import dev.drover.manifests.model.DriverState;
import dev.drover.manifests.model.HostVolume;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.NodeResources;
import dev.drover.manifests.model.NodeStatus;
import dev.drover.node.driver.Driver;
import dev.drover.node.environment.Hardware;
import dev.drover.node.os.ProcessIdentity;
import dev.drover.node.os.Processors;
import dev.drover.node.secrets.Secrets;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Looks at the machine once and says what it found, in the words that constraints use.
public final class Fingerprint {
    /// The range that tasks get their ports from when they do not name one.
    private static final int PORT_MIN = 20_000;

    private static final int PORT_MAX = 32_000;

    /// Where the processor does not say its clock.
    private static final int MHZ_GUESS = 1_000;

    private static final String LOOPBACK = "127.0.0.1";

    private Fingerprint() {}

    /// What people have written about this node.
    ///
    /// @param declared what the machine does not tell of itself
    public record Words(
            String datacenter,
            String pool,
            String nodeClass,
            Map<String, String> meta,
            Declared declared) {
        public Words {
            meta = Map.copyOf(meta);
        }

        /// Of a node that has nothing beyond what its machine tells.
        public Words(String datacenter, String pool, String nodeClass, Map<String, String> meta) {
            this(datacenter, pool, nodeClass, meta, Declared.NOTHING);
        }
    }

    /// What this daemon may do.
    ///
    /// @param cgroups whether it has one of version 2 that it may write to
    public record Means(boolean cgroups, Secrets secrets) {}

    /// What was found.
    ///
    /// @param hostname what the machine calls itself
    /// @param missing in one sentence; empty when nothing is
    public record Found(NodeStatus status, Hardware hardware, String hostname, String missing) {}

    /// Looks. `data` is where tasks will write, `given` the address when people know it better.
    public static Found look(
            Path data, Words words, Optional<String> given, Collection<Driver> drivers, Means means)
            throws IOException {
        Machine machine = Machine.read();
        SortedMap<String, DriverState> states = new TreeMap<>();
        drivers.forEach(driver -> states.put(driver.name(), driver.fingerprint()));
        String address = given.isPresent() ? given.get() : address();
        Devices devices = Devices.look(Path.of("/"), words.declared());
        Networks networks = Networks.of(words.declared().networks(), Networks.own());
        List<String> absent = new ArrayList<>(devices.missing());
        absent.addAll(networks.missing());
        SortedMap<String, HostVolume> volumes = new TreeMap<>();
        words.declared()
                .volumes()
                .forEach((name, volume) -> {
                    if (Files.isDirectory(Path.of(volume.path()))) {
                        volumes.put(name, volume);
                    } else {
                        absent.add("host volume " + name + ": " + volume.path() + " is no folder");
                    }
                });
        String missing = missing(machine, means, absent);
        NodeStatus status =
                new NodeStatus(
                        NodePhase.READY,
                        missing,
                        words.datacenter(),
                        words.pool(),
                        words.nodeClass(),
                        address,
                        ProcessIdentity.currentBoot(),
                        resources(machine, data, devices),
                        attributes(machine, address, means.secrets(), states),
                        words.meta(),
                        states,
                        volumes,
                        networks.addresses(),
                        0,
                        Optional.empty());
        return new Found(
                status,
                new Hardware(Processors.allowed(), devices.named()),
                Machine.hostname(),
                missing);
    }

    private static NodeResources resources(Machine machine, Path data, Devices devices)
            throws IOException {
        long freeMib = Files.getFileStore(data).getUsableSpace() >> 20;
        return new NodeResources(
                machine.cores() * machine.mhz().orElse(MHZ_GUESS),
                machine.cores(),
                machine.memoryMib(),
                (int) Math.min(freeMib, Integer.MAX_VALUE),
                PORT_MIN,
                PORT_MAX,
                List.of(),
                devices.models());
    }

    private static SortedMap<String, String> attributes(
            Machine machine, String address, Secrets secrets, Map<String, DriverState> drivers) {
        SortedMap<String, String> found = new TreeMap<>(machine.attributes());
        found.putAll(secrets.attributes());
        found.put("unique.network.ip-address", address);
        drivers.forEach((name, state) -> {
            if (state.healthy()) {
                found.put("driver." + name, "1");
            }
            state.attributes()
                    .forEach((key, value) -> found.put("driver." + name + "." + key, value));
        });
        return found;
    }

    private static String missing(Machine machine, Means means, List<String> absent) {
        List<String> missing = new ArrayList<>(absent);
        if (!machine.root()) {
            missing.add("not root: tasks cannot change users");
        }
        means.secrets()
                .because()
                .ifPresent(why -> missing.add("secrets of tasks are on the disk: " + why));
        if (!means.cgroups()) {
            missing.add(
                    "no writable version 2 cgroup hierarchy: a process that leaves its task's"
                            + " session is not ended with it");
        }
        return String.join("; ", missing);
    }

    /// The first address that others may reach us at.
    private static String address() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(a -> a instanceof Inet4Address)
                .filter(a -> !a.isLoopbackAddress() && !a.isLinkLocalAddress())
                .map(InetAddress::getHostAddress)
                .sorted()
                .findFirst()
                .orElse(LOOPBACK);
    }
}
