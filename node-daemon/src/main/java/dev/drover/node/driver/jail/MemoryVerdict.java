package dev.drover.node.driver.jail;

import dev.drover.node.cgroup.LimitedGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the kernel killed a run because it ran out of memory.
sealed interface MemoryVerdict {
    Logger LOG = LoggerFactory.getLogger(MemoryVerdict.class);

    /// In the run's folder, once it is known that it did.
    String MARK = "oom";

    /// It did.
    record Memory() implements MemoryVerdict {}

    /// Somebody else killed it.
    record Other() implements MemoryVerdict {}

    /// That cannot be found out.
    record Unknown(String because) implements MemoryVerdict {}

    /// What `group` says. It is written down in the run's folder: a later daemon may ask again,
    /// when the group is gone.
    static MemoryVerdict of(LimitedGroup group, Path run) {
        Path mark = run.resolve(MARK);
        if (Files.exists(mark)) {
            return new Memory();
        }
        try {
            if (group.oomKills() == 0) {
                return new Other();
            }
        } catch (IOException e) {
            return new Unknown(String.valueOf(e.getMessage()));
        }
        try {
            Files.createFile(mark);
        } catch (IOException e) {
            LOG.warn("that {} ran out of memory cannot be noted", run, e);
        }
        return new Memory();
    }
}
