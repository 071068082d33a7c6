package dev.drover.node.jail.seccomp;

import java.util.List;

/// What happens to one system call.
sealed interface Verdict {
    /// The kernel carries it out.
    record Allow() implements Verdict {}

    /// It fails with this number.
    record Fail(int errno) implements Verdict {}

    /// It is carried out when any of the conditions holds, and fails with `errno` otherwise.
    record AllowWhen(List<Condition> any, int errno) implements Verdict {
        public AllowWhen {
            any = List.copyOf(any);
        }
    }

    /// A comparison of the lower 32 bits of an argument: `(argument & mask) == value`, or `!=`.
    record Condition(int argument, int mask, int value, boolean equal) {}
}
