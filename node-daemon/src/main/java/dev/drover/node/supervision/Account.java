package dev.drover.node.supervision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A user of the machine, whom a task may run as.
public record Account(String name, int uid, int gid) {
    private static final Path PASSWD = Path.of("/etc/passwd");

    /// The user of that name or number; empty when the machine has none.
    public static Optional<Account> find(String nameOrUid) throws IOException {
        return find(nameOrUid, Files.readString(PASSWD));
    }

    static Optional<Account> find(String nameOrUid, String passwd) {
        return passwd.lines()
                .map(line -> line.split(":", -1))
                .filter(f -> f.length >= 7)
                .filter(f -> f[0].equals(nameOrUid) || f[2].equals(nameOrUid))
                .map(f -> new Account(f[0], Integer.parseInt(f[2]), Integer.parseInt(f[3])))
                .findFirst();
    }

    /// The words before a command that make it run as this user, with all the user's groups.
    public List<String> switchTo() {
        return List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--init-groups", "--");
    }
}
