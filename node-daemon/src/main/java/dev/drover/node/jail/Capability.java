package dev.drover.node.jail;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A part of root's power, with its number in linux/capability.h.
public enum Capability {
    CHOWN(0),
    DAC_OVERRIDE(1),
    DAC_READ_SEARCH(2),
    FOWNER(3),
    FSETID(4),
    KILL(5),
    SETGID(6),
    SETUID(7),
    SETPCAP(8),
    LINUX_IMMUTABLE(9),
    NET_BIND_SERVICE(10),
    NET_BROADCAST(11),
    NET_ADMIN(12),
    NET_RAW(13),
    IPC_LOCK(14),
    IPC_OWNER(15),
    SYS_MODULE(16),
    SYS_RAWIO(17),
    SYS_CHROOT(18),
    SYS_PTRACE(19),
    SYS_PACCT(20),
    SYS_ADMIN(21),
    SYS_BOOT(22),
    SYS_NICE(23),
    SYS_RESOURCE(24),
    SYS_TIME(25),
    SYS_TTY_CONFIG(26),
    MKNOD(27),
    LEASE(28),
    AUDIT_WRITE(29),
    AUDIT_CONTROL(30),
    SETFCAP(31),
    MAC_OVERRIDE(32),
    MAC_ADMIN(33),
    SYSLOG(34),
    WAKE_ALARM(35),
    BLOCK_SUSPEND(36),
    AUDIT_READ(37),
    PERFMON(38),
    BPF(39),
    CHECKPOINT_RESTORE(40);

    /// What root of a jail has: enough to own files, change users and open low ports. Not MKNOD,
    /// NET_RAW, SYS_CHROOT and AUDIT_WRITE, which others give and hardly anybody needs.
    public static final Set<Capability> ORDINARY =
            Collections.unmodifiableSet(
                    EnumSet.of(
                            CHOWN,
                            DAC_OVERRIDE,
                            FOWNER,
                            FSETID,
                            KILL,
                            SETGID,
                            SETUID,
                            NET_BIND_SERVICE,
                            SETFCAP));

    private final int number;

    Capability(int number) {
        this.number = number;
    }

    /// The capability of that name, `net_raw` and `CAP_NET_RAW` alike.
    public static Optional<Capability> named(String written) {
        String name = written.toUpperCase(Locale.ROOT).replaceFirst("^CAP_", "");
        for (Capability capability : values()) {
            if (capability.name().equals(name)) {
                return Optional.of(capability);
            }
        }
        return Optional.empty();
    }

    /// The kernel's mask in hexadecimal.
    static String mask(Collection<Capability> capabilities) {
        long mask = 0;
        for (Capability capability : capabilities) {
            mask |= 1L << capability.number;
        }
        return Long.toHexString(mask);
    }

    /// As the seccomp profile calls it.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
