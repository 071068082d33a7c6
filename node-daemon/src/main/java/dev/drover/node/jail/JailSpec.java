package dev.drover.node.jail;

import dev.drover.node.jail.seccomp.Wishes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a task asks of its jail, whoever builds it. Every path of the host is real: it leads
/// through no symbolic link.
///
/// @param name unique on the machine; letters, digits and `-`, for `.` means a jail in a jail
/// @param freeBsd what only FreeBSD has
/// @param devices beyond those that every jail has
public record JailSpec(
        String name,
        Program program,
        Root root,
        List<Bind> binds,
        Walls walls,
        Limits limits,
        FreeBsd freeBsd,
        List<Device> devices) {
    /// Takes copies.
    public JailSpec {
        if (!name.matches("[A-Za-z0-9-]+")) {
            throw new IllegalArgumentException("not a name of a jail: " + name);
        }
        binds = List.copyOf(binds);
        devices = List.copyOf(devices);
    }

    /// With the devices that every jail has.
    public JailSpec(
            String name,
            Program program,
            Root root,
            List<Bind> binds,
            Walls walls,
            Limits limits,
            FreeBsd freeBsd) {
        this(name, program, root, binds, walls, limits, freeBsd, List.of());
    }

    /// The same with these devices.
    public JailSpec with(List<Device> more) {
        return new JailSpec(name, program, root, binds, walls, limits, freeBsd, more);
    }

    /// A device of the host, which is inside by the same path.
    ///
    /// @param block whether it holds blocks, as disks do
    public record Device(Path file, boolean block, int major, int minor) {
        private static final int FORMAT = 0170000;
        private static final int CHARACTERS = 0020000;
        private static final int BLOCKS = 0060000;

        /// Of that file, or what it is a link to.
        ///
        /// @throws IOException when it does not exist, or is no device
        public static Device of(Path file) throws IOException {
            int format = (int) Files.getAttribute(file, "unix:mode") & FORMAT;
            if (format != CHARACTERS && format != BLOCKS) {
                throw new IOException(file + " is no device");
            }
            long number = (long) Files.getAttribute(file, "unix:rdev");
            // As the C library puts the two together: | major | minor | major, 12 bits | minor, 8 |
            return new Device(
                    file,
                    format == BLOCKS,
                    (int) ((number >> 8 & 0xfff) | (number >> 32 & ~0xfff)),
                    (int) ((number & 0xff) | (number >> 12 & ~0xff)));
        }
    }

    /// The same with another root, and started in another folder.
    public JailSpec in(Root other, String folder) {
        return new JailSpec(
                name,
                new Program(
                        program.command(),
                        program.environment(),
                        folder,
                        program.user(),
                        program.stop()),
                other,
                binds,
                walls,
                limits,
                freeBsd,
                devices);
    }

    /// The same behind other walls.
    public JailSpec behind(Walls other) {
        return new JailSpec(name, program, root, binds, other, limits, freeBsd, devices);
    }

    /// What has no equal on Linux.
    ///
    /// @param parameters of jail(8), by its own names; without `=` when the value is empty
    /// @param rules of rctl(8): what follows `jail:NAME:`
    /// @param fib number of the routing table
    /// @param hostUser whether the user is looked up in the host's /etc/passwd
    public record FreeBsd(
            SortedMap<String, String> parameters,
            List<String> rules,
            Optional<Integer> fib,
            boolean hostUser) {
        /// Nothing.
        public static final FreeBsd NONE =
                new FreeBsd(new TreeMap<>(), List.of(), Optional.empty(), false);

        /// Takes copies.
        public FreeBsd {
            parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
            rules = List.copyOf(rules);
        }
    }

    /// What runs.
    ///
    /// @param command as the jail sees it
    /// @param environment all of it
    /// @param folder where it starts
    /// @param user a name of the jail's own /etc/passwd, or a number
    /// @param stop a shell line to run inside before the task is asked to stop
    public record Program(
            List<String> command,
            Map<String, String> environment,
            String folder,
            String user,
            Optional<String> stop) {
        /// Takes copies.
        public Program {
            command = List.copyOf(command);
            environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        }
    }

    /// What is at `/`.
    public sealed interface Root {
        /// A folder of the host.
        record Folder(Path path) implements Root {}

        /// A tree that others share, beneath a folder that takes what is written.
        ///
        /// @param scratch an empty folder beside it, for the kernel
        record Layered(Path shared, Path written, Path scratch) implements Root {}

        /// Nothing but what is shown of the host, read-only.
        ///
        /// @param links symbolic links to make, by their path
        record Host(List<Bind> shown, SortedMap<String, String> links) implements Root {
            /// Takes copies.
            public Host {
                shown = List.copyOf(shown);
                links = Collections.unmodifiableSortedMap(new TreeMap<>(links));
            }
        }
    }

    /// Something of the host that is seen inside.
    ///
    /// @param file whether it is a file rather than a folder
    public record Bind(Path source, String target, boolean file, Access access) {}

    /// What may be done with it. Nothing from the host is ever set-uid or a device inside.
    public enum Access {
        READ("ro,nosuid,nodev"),
        WRITE("nosuid,nodev"),
        /// Read and write, as others may who say the same.
        SHARED("nosuid,nodev"),
        /// Read and write, but nothing in it can be run.
        DATA("nosuid,nodev,noexec");

        private final String flags;

        Access(String flags) {
            this.flags = flags;
        }

        String flags() {
            return flags;
        }
    }

    /// What keeps it in.
    ///
    /// @param ownNetwork nothing but a loopback of its own; otherwise the host's network
    /// @param hostname its own; the host's when absent
    /// @param ownIpc System V IPC and message queues of its own
    /// @param capabilities that can ever be had, and that root has
    /// @param ambient of them, those that any user has
    /// @param ownUsers its users are others than the host's of the same numbers: its root is nobody
    ///   there
    public record Walls(
            boolean ownNetwork,
            Optional<String> hostname,
            boolean ownIpc,
            Set<Capability> capabilities,
            Set<Capability> ambient,
            Wishes calls,
            boolean ownUsers) {
        /// Takes copies.
        public Walls {
            capabilities = Set.copyOf(capabilities);
            ambient = Set.copyOf(ambient);
        }

        /// The same with a network of its own or without, and with users of its own or without.
        public Walls with(boolean network, boolean users) {
            return new Walls(network, hostname, ownIpc, capabilities, ambient, calls, users);
        }

        /// What the filter lets through: a capability opens the system calls that need it.
        Wishes filter() {
            Set<String> granted = new HashSet<>(calls.granted());
            capabilities.forEach(capability -> granted.add(capability.word()));
            return new Wishes(granted, calls.denied());
        }
    }
}
