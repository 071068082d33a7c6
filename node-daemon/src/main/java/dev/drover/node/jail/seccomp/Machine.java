package dev.drover.node.jail.seccomp;

import java.util.Optional;

/// A kind of processor, as the kernel's filters know it. Both are little-endian.
public enum Machine {
    /// Numbers from 0x40000000 on are the x32 calls, which nobody uses but who wants to get around
    /// a filter.
    X86_64("amd64", 0xC000003E, 1),
    AARCH64("aarch64", 0xC00000B7, 2);

    private final String javaName;
    private final int audit;
    private final int column;

    Machine(String javaName, int audit, int column) {
        this.javaName = javaName;
        this.audit = audit;
        this.column = column;
    }

    /// The machine that Java calls so in `os.arch`; empty when we have no system call numbers for
    /// it.
    public static Optional<Machine> named(String osArch) {
        for (Machine machine : values()) {
            if (machine.javaName.equals(osArch)) {
                return Optional.of(machine);
            }
        }
        return Optional.empty();
    }

    /// `AUDIT_ARCH_…` of linux/audit.h.
    int audit() {
        return audit;
    }

    /// Its column in syscalls.txt.
    int column() {
        return column;
    }
}
