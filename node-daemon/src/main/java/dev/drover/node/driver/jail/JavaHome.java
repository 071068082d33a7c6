package dev.drover.node.driver.jail;

import dev.drover.node.jail.JailSpec;
import dev.drover.node.jail.JailSpec.Access;
import dev.drover.node.jail.JailSpec.Bind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A Java of this node. It is known by the file `release` that every Java has: to start one would
/// cost more than all else that a node looks at.
///
/// @param folder its real path; the program is `bin/java` in it
/// @param release what its file says: `JAVA_VERSION`, `IMPLEMENTOR_VERSION` …
public record JavaHome(Path folder, Map<String, String> release) {
    private static final Path ETC = Path.of("/etc");

    /// Takes a copy.
    public JavaHome {
        release = Map.copyOf(release);
    }

    /// The one that `JAVA_HOME` names, or the first in `PATH`.
    public static Optional<JavaHome> find(Map<String, String> environment) throws IOException {
        Stream<Path> named = Stream.of(environment.getOrDefault("JAVA_HOME", "")).map(Path::of);
        Stream<Path> found =
                Stream.of(environment.getOrDefault("PATH", "").split(":", -1)).map(Path::of);
        List<Path> programs =
                Stream.concat(named.map(home -> home.resolve("bin")), found)
                        .filter(Path::isAbsolute)
                        .map(bin -> bin.resolve("java"))
                        .filter(Files::isExecutable)
                        .toList();
        if (programs.isEmpty()) {
            return Optional.empty();
        }
        Path home = programs.getFirst().toRealPath().resolve("../..").normalize();
        return Optional.of(new JavaHome(home, release(home.resolve("release"))));
    }

    private static Map<String, String> release(Path file) throws IOException {
        Map<String, String> release = new TreeMap<>();
        if (Files.isRegularFile(file)) {
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    release.put(
                            line.substring(0, equals),
                            line.substring(equals + 1).replace("\"", ""));
                }
            }
        }
        return release;
    }

    /// The program.
    Path program() {
        return folder.resolve("bin/java");
    }

    /// For the fingerprint.
    SortedMap<String, String> attributes() {
        SortedMap<String, String> attributes = new TreeMap<>();
        attributes.put("home", folder.toString());
        attributes.put("version", release.getOrDefault("JAVA_VERSION", "unknown"));
        attributes.put("runtime", release.getOrDefault("IMPLEMENTOR_VERSION", "unknown"));
        return attributes;
    }

    /// The same view of the host with this Java in it: where it is outside of what the view shows
    /// already, and the settings that distributions keep for it in /etc.
    JailSpec.Root.Host shown(JailSpec.Root.Host host) throws IOException {
        List<Bind> shown = new ArrayList<>(host.shown());
        SortedSet<Path> more = new TreeSet<>();
        more.add(folder);
        Path conf = folder.resolve("conf");
        if (Files.isDirectory(conf)) {
            try (Stream<Path> files = Files.list(conf)) {
                for (Path file : files.filter(Files::exists).toList()) {
                    Path real = file.toRealPath();
                    if (real.startsWith(ETC) && real.getNameCount() > 2) {
                        more.add(ETC.resolve(real.getName(1)));
                    }
                }
            }
        }
        for (Path path : more) {
            if (host.shown().stream().noneMatch(bind -> path.startsWith(bind.target()))) {
                shown.add(new Bind(path, path.toString(), false, Access.READ));
            }
        }
        return new JailSpec.Root.Host(shown, host.links());
    }
}
