package dev.drover.node.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;

/// Starts a process that has nothing to do with us any more: its own session, no file of ours open,
/// every signal as new, and only the environment it is given.
public final class Spawn {
    private static final Libc POSIX_SPAWN = Libc.function("posix_spawn");
    private static final Libc ACTIONS_INIT = Libc.function("posix_spawn_file_actions_init");
    private static final Libc ACTIONS_DESTROY = Libc.function("posix_spawn_file_actions_destroy");
    private static final Libc ACTIONS_OPEN = Libc.function("posix_spawn_file_actions_addopen");
    private static final Libc ACTIONS_DUP2 = Libc.function("posix_spawn_file_actions_adddup2");
    private static final Libc ACTIONS_CLOSEFROM =
            Libc.function("posix_spawn_file_actions_addclosefrom_np");
    private static final Libc ATTRIBUTES_INIT = Libc.function("posix_spawnattr_init");
    private static final Libc ATTRIBUTES_FLAGS = Libc.function("posix_spawnattr_setflags");
    private static final Libc ATTRIBUTES_DEFAULT = Libc.function("posix_spawnattr_setsigdefault");
    private static final Libc SIGFILLSET = Libc.function("sigfillset");

    private static final int SETSID = 0x80;
    private static final int SETSIGDEF = 0x04;
    private static final int SETSIGMASK = 0x08; // to the empty mask that init leaves
    private static final int O_RDWR = 2;

    // Larger than glibc's structs of these names.
    private static final int ACTIONS_BYTES = 128;
    private static final int ATTRIBUTES_BYTES = 512;
    private static final int SIGSET_BYTES = 128;

    private Spawn() {}

    /// Starts `command` (its first word is an absolute path) with stdin, stdout and stderr on
    /// /dev/null. The process stays a zombie after its end until [Exits] has told about it.
    public static ProcessIdentity detached(List<String> command, Map<String, String> environment)
            throws IOException {
        return detached(command, environment, Map.of());
    }

    /// The same with some of its first three descriptors, by their numbers, as copies of ours.
    static ProcessIdentity detached(
            List<String> command, Map<String, String> environment, Map<Integer, Integer> copies)
            throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment actions = arena.allocate(ACTIONS_BYTES, 16);
            MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, 16);
            MemorySegment pid = arena.allocate(ValueLayout.JAVA_INT);
            prepare(arena, actions, attributes, copies);
            int error =
                    POSIX_SPAWN.call(
                            pid.address(),
                            arena.allocateFrom(command.getFirst()).address(),
                            actions.address(),
                            attributes.address(),
                            strings(arena, command),
                            strings(arena, assignments(environment)));
            ACTIONS_DESTROY.call(actions.address());
            if (error != 0) {
                throw new IOException("start of " + command.getFirst() + ": " + text(error));
            }
            return ProcessIdentity.of(pid.get(ValueLayout.JAVA_INT, 0))
                    .orElseThrow(() -> new IOException("the started process was taken away"));
        }
    }

    private static String text(int error) {
        return error == Libc.EAGAIN
                ? "resource temporarily unavailable (no more processes)"
                : Libc.text(Math.abs(error));
    }

    private static void prepare(
            Arena arena,
            MemorySegment actions,
            MemorySegment attributes,
            Map<Integer, Integer> copies) {
        ACTIONS_INIT.call(actions.address());
        long devNull = arena.allocateFrom("/dev/null").address();
        for (int fd = 0; fd <= 2; fd++) {
            ACTIONS_OPEN.call(actions.address(), fd, devNull, O_RDWR, 0);
        }
        copies.forEach((fd, ours) -> ACTIONS_DUP2.call(actions.address(), ours, fd));
        // The JDK opens files and sockets without O_CLOEXEC.
        ACTIONS_CLOSEFROM.call(actions.address(), 3);
        MemorySegment all = arena.allocate(SIGSET_BYTES, 8);
        SIGFILLSET.call(all.address());
        ATTRIBUTES_INIT.call(attributes.address());
        ATTRIBUTES_DEFAULT.call(attributes.address(), all.address());
        ATTRIBUTES_FLAGS.call(attributes.address(), SETSID | SETSIGDEF | SETSIGMASK);
    }

    private static List<String> assignments(Map<String, String> environment) {
        return environment.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    }

    /// The address of a null-terminated array of C strings.
    private static long strings(Arena arena, List<String> words) {
        MemorySegment array = arena.allocate(ValueLayout.JAVA_LONG, words.size() + 1L);
        for (int i = 0; i < words.size(); i++) {
            array.setAtIndex(ValueLayout.JAVA_LONG, i, arena.allocateFrom(words.get(i)).address());
        }
        return array.address();
    }
}
