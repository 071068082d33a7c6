package dev.drover.node.os;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/// The C library through one shape of call: six longs in, an int out.
///
/// One shape, because each one costs generated classes and memory, and because it serves all of
/// them: on Linux, x86_64 and aarch64 alike, integers and addresses travel in the same registers,
/// also those of variadic functions, and a callee ignores the ones it does not declare.
@SuppressWarnings("restricted") // the one place that may: see the package
final class Libc {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int ESRCH = 3;
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int EXDEV = 18;
    static final int ENOTDIR = 20;
    static final int EINVAL = 22;
    static final int ENOSYS = 38;
    static final int ELOOP = 40;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle CALL =
            LINKER.downcallHandle(
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG),
                    Linker.Option.captureCallState("errno"));

    private final MemorySegment function;

    private Libc(MemorySegment function) {
        this.function = function;
    }

    /// A function of the C library by its name.
    static Libc function(String name) {
        return new Libc(LINKER.defaultLookup().findOrThrow(name));
    }

    /// Calls it. A result of -1 comes back as the negated errno, as the kernel has it.
    int call(long... arguments) {
        long[] six = Arrays.copyOf(arguments, 6);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long answer =
                    (long)
                            CALL.invokeExact(
                                    function, state, six[0], six[1], six[2], six[3], six[4],
                                    six[5]);
            int result = (int) answer; // most of them return an int: the upper half is noise
            return result == -1 ? -(int) ERRNO.get(state, 0L) : result;
        } catch (Throwable bug) {
            throw new IllegalStateException("a foreign call cannot throw", bug);
        }
    }

    /// The text of an errno, for messages.
    static String text(int errno) {
        return switch (errno) {
            case EPERM -> "not permitted";
            case ENOENT -> "does not exist";
            case ESRCH -> "no such process";
            case EAGAIN -> "changed while it was looked at";
            case EXDEV, ELOOP -> "leads outside the folder";
            case ENOTDIR -> "a part of the path is not a folder";
            case ENOSYS -> "this kernel does not have it";
            case 12 -> "cannot allocate memory";
            case 13 -> "access denied";
            case 23 -> "too many open files on this machine";
            case 24 -> "too many open files";
            case 28 -> "no space left";
            default -> "errno " + errno;
        };
    }
}
