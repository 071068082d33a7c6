package dev.drover.node.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/// Where a task's files are on the host: `home` holds `local`, `secrets` and `tmp`; `shared` is the
/// allocation's, seen by all its tasks.
public record TaskFolders(Path home, Path shared) {
    /// The task's own files.
    public Path local() {
        return home.resolve("local");
    }

    /// What no other task and no person may read.
    public Path secrets() {
        return home.resolve("secrets");
    }

    /// Scratch space.
    public Path tmp() {
        return home.resolve("tmp");
    }

    /// Where the outputs of all tasks are.
    public Path logs() {
        return shared.resolve("logs");
    }

    /// Whoever may read `program` may run it from now on, if it is one of these files: what
    /// artifacts and templates bring seldom says so, and jobs written for Nomad count on it. What a
    /// link leads to elsewhere is left alone.
    public void letRun(Path program) throws IOException {
        if (!Files.isRegularFile(program)) {
            return;
        }
        Path real = program.toRealPath();
        if (real.startsWith(home.toRealPath()) || real.startsWith(shared.toRealPath())) {
            Set<PosixFilePermission> before = Files.getPosixFilePermissions(real);
            Set<PosixFilePermission> after = EnumSet.of(PosixFilePermission.OWNER_EXECUTE);
            after.addAll(before);
            if (before.contains(PosixFilePermission.GROUP_READ)) {
                after.add(PosixFilePermission.GROUP_EXECUTE);
            }
            if (before.contains(PosixFilePermission.OTHERS_READ)) {
                after.add(PosixFilePermission.OTHERS_EXECUTE);
            }
            if (!after.equals(before)) {
                Files.setPosixFilePermissions(real, after);
            }
        }
    }
}
