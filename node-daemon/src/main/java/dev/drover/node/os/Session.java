package dev.drover.node.os;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The processes of a session: the next best thing to a cgroup. A process can leave it.
public final class Session {
    private static final int SESSION = 3;

    private Session() {}

    /// The pids in the session of that leader, which itself may have ended, without the leader's.
    public static List<Integer> members(ProcessIdentity leader) throws IOException {
        List<Integer> members = new ArrayList<>();
        if (!leader.bootId().equals(ProcessIdentity.currentBoot())
                || ProcessIdentity.of(leader.pid()).filter(p -> !p.equals(leader)).isPresent()) {
            return members; // the kernel gives a pid again only when its session is empty
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path entry : entries) {
                int pid = Integer.parseInt(entry.getFileName().toString());
                boolean member =
                        ProcessIdentity.stat(pid)
                                .filter(stat -> Integer.parseInt(stat.get(SESSION)) == leader.pid())
                                .isPresent();
                if (member && pid != leader.pid()) {
                    members.add(pid);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return members;
    }
}
