package dev.drover.node.driver.jail;

import dev.drover.node.jail.OciConfig.Ids;
import dev.drover.node.os.Beneath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The numbers of a jail's users, which runtimes of OCI do not look up.
final class OciUsers {
    /// A machine of ten thousand accounts has files of this size.
    private static final int BYTES_MAX = 1 << 20;

    private OciUsers() {}

    /// The user of that name or number in a tree's own /etc, with the groups that name it, or as
    /// `user:group` with that one alone. No link of it leads outside.
    static Ids find(Path root, String said) throws IOException {
        String[] both = said.split(":", 2);
        Ids user = user(root, both[0]);
        return both.length == 1 ? user : new Ids(user.user(), group(root, both[1]), List.of());
    }

    private static int group(Path root, String name) throws IOException {
        Optional<String> found =
                rows(root, "etc/group").stream()
                        .filter(r -> r[0].equals(name) || r[2].equals(name))
                        .map(r -> r[2])
                        .findFirst();
        if (found.isEmpty() && !name.matches("[0-9]{1,9}")) {
            throw new IOException(name + " is not in the jail's /etc/group");
        }
        return Integer.parseInt(found.orElse(name));
    }

    private static Ids user(Path root, String name) throws IOException {
        Optional<String[]> row =
                rows(root, "etc/passwd").stream()
                        .filter(r -> r.length > 3 && (r[0].equals(name) || r[2].equals(name)))
                        .findFirst();
        if (row.isEmpty() && !name.matches("[0-9]{1,9}")) {
            throw new IOException(name + " is not in the jail's /etc/passwd");
        }
        String user = row.map(r -> r[2]).orElse(name);
        String group = row.map(r -> r[3]).orElse(name);
        String plain = row.map(r -> r[0]).orElse(name);
        List<Integer> more = new ArrayList<>();
        for (String[] entry : rows(root, "etc/group")) {
            if (entry.length > 3 && List.of(entry[3].split(",", -1)).contains(plain)) {
                more.add(Integer.valueOf(entry[2]));
            }
        }
        return new Ids(Integer.parseInt(user), Integer.parseInt(group), more);
    }

    /// Of those with numbers.
    private static List<String[]> rows(Path root, String file) throws IOException {
        try (Beneath beneath = Beneath.open(root, file);
                InputStream in = Channels.newInputStream(beneath.read())) {
            return new String(in.readNBytes(BYTES_MAX), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(":", -1))
                    .filter(row -> row.length > 2 && row[2].matches("[0-9]{1,9}"))
                    .toList();
        } catch (FileNotFoundException none) {
            return List.of();
        }
    }
}
