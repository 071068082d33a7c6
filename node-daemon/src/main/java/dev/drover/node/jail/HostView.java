package dev.drover.node.jail;

import dev.drover.node.jail.JailSpec.Access;
import dev.drover.node.jail.JailSpec.Bind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a task of the `exec` driver sees of the host: its programs and libraries, and of /etc what
/// programs need and nobody must hide. Never shadow, keys or the configuration of services.
public final class HostView {
    private static final List<String> PROGRAMS =
            List.of("/bin", "/lib", "/lib32", "/lib64", "/libx32", "/sbin", "/usr");

    private static final List<String> SETTINGS =
            List.of(
                    "alternatives",
                    "ca-certificates.conf",
                    "fonts",
                    "group",
                    "hosts",
                    "ld.so.cache",
                    "ld.so.conf",
                    "ld.so.conf.d",
                    "localtime",
                    "locale.alias",
                    "mime.types",
                    "nsswitch.conf",
                    "os-release",
                    "passwd",
                    "profile",
                    "protocols",
                    "resolv.conf",
                    "services",
                    "shells",
                    "ssl/certs",
                    "ssl/openssl.cnf",
                    "terminfo",
                    "timezone");

    private HostView() {}

    /// Looks at what there is. Where /bin is a link to usr/bin it is one inside, too.
    public static JailSpec.Root.Host look() throws IOException {
        List<Bind> shown = new ArrayList<>();
        SortedMap<String, String> links = new TreeMap<>();
        for (String folder : PROGRAMS) {
            Path path = Path.of(folder);
            if (Files.isSymbolicLink(path)) {
                links.put(folder, Files.readSymbolicLink(path).toString());
            } else if (Files.isDirectory(path)) {
                shown.add(new Bind(path, folder, false, Access.READ));
            }
        }
        for (String name : SETTINGS) {
            Path path = Path.of("/etc", name);
            if (Files.exists(path)) {
                boolean file = Files.isRegularFile(path);
                shown.add(new Bind(path.toRealPath(), path.toString(), file, Access.READ));
            }
        }
        return new JailSpec.Root.Host(shown, links);
    }
}
