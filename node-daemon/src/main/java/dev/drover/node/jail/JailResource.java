package dev.drover.node.jail;

import java.util.Locale;
import java.util.Optional;

/// What rctl(8) counts, and what limits it on Linux.
enum JailResource {
    CPUTIME("cpu", ""),
    DATASIZE("data", ""),
    STACKSIZE("stack", ""),
    COREDUMPSIZE("core", ""),
    MEMORYUSE("", ""),
    MEMORYLOCKED("memlock", ""),
    MAXPROC("", ""),
    OPENFILES("nofile", ""),
    VMEMORYUSE("as", ""),
    PSEUDOTERMINALS("", "every Linux jail has at most 256 and its number cannot be set"),
    SWAPUSE("", ""),
    NTHR("", ""),
    MSGQQUEUED("", Why.SYSTEM_V),
    MSGQSIZE("", Why.SYSTEM_V),
    NMSGQ("", Why.SYSTEM_V),
    NSEM("", Why.SYSTEM_V),
    NSEMOP("", Why.SYSTEM_V),
    NSHM("", Why.SYSTEM_V),
    SHMSIZE("", Why.SYSTEM_V),
    WALLCLOCK("", "use the job's `max_run_duration`"),
    PCPU("", ""),
    READBPS("", Why.DISK),
    WRITEBPS("", Why.DISK),
    READIOPS("", Why.DISK),
    WRITEIOPS("", Why.DISK);

    private final String perProcess;
    private final String refused;

    JailResource(String perProcess, String refused) {
        this.perProcess = perProcess;
        this.refused = refused;
    }

    static Optional<JailResource> named(String written) {
        for (JailResource resource : values()) {
            if (resource.name().equalsIgnoreCase(written)) {
                return Optional.of(resource);
            }
        }
        return Optional.empty();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The name of setrlimit(2), where Linux limits it for each process.
    Optional<String> perProcess() {
        return Optional.of(perProcess).filter(name -> !name.isEmpty());
    }

    /// Why Linux cannot limit it, where it cannot.
    Optional<String> refused() {
        return Optional.of(refused).filter(why -> !why.isEmpty());
    }

    private static final class Why {
        static final String SYSTEM_V =
                "Linux has no such limit for a jail; `sysvmsg`, `sysvsem` and `sysvshm` can be"
                        + " disabled";
        static final String DISK = "Linux limits disks one by one, which is not done here";

        private Why() {}
    }
}
