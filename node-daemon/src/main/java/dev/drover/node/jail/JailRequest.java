package dev.drover.node.jail;

import dev.drover.manifests.model.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A task that wants a jail, as its driver gets it.
///
/// @param name unique on the machine
/// @param config as the job wrote it, references filled in
/// @param environment everything the task gets to see; paths of its folders are the host's
/// @param volumes what the node mounts into it besides its own folders
/// @param limits from the task's resources
public record JailRequest(
        String name,
        Map<String, Value> config,
        Map<String, String> environment,
        Optional<String> user,
        Folders folders,
        List<JailSpec.Bind> volumes,
        Limits limits) {
    /// Takes copies.
    public JailRequest {
        config = Map.copyOf(config);
        environment = Map.copyOf(environment);
        volumes = List.copyOf(volumes);
    }

    /// The folders of the task and of its allocation on the host, as real paths.
    ///
    /// @param home holds `local`, `secrets` and `tmp`
    /// @param shared holds `logs`
    public record Folders(Path home, Path shared) {
        static final String LOCAL = "/local";

        /// Where `exec` starts: as in the task's folder itself, `local/app.conf` is found there,
        /// and what is written stays on the disk.
        static final String HOME = "/task";

        static final String SECRETS = "/secrets";
        static final String TMP = "/tmp";
        static final String ALLOC = "/alloc";
        static final String LOGS = "/alloc/logs";

        Path local() {
            return home.resolve("local");
        }

        Path secrets() {
            return home.resolve("secrets");
        }

        Path tmp() {
            return home.resolve("tmp");
        }

        Path logs() {
            return shared.resolve("logs");
        }

        /// The same text with the host's paths of these folders as the jail sees them.
        public String seenInside(String text) {
            return text.replace(shared.toString(), ALLOC)
                    .replace(local().toString(), LOCAL)
                    .replace(secrets().toString(), SECRETS)
                    .replace(tmp().toString(), TMP);
        }

        /// The same for a path of the host, also of the task's folder itself, in a jail that starts
        /// there.
        public String seenFromHome(Path path) {
            return seenInside(path.toString()).replace(home.toString(), HOME);
        }

        /// The task's own folder with those in it mounted once more: so they keep their walls
        /// there, and nobody inside can put another one, or a link, in their place.
        List<JailSpec.Bind> homeBinds() {
            return List.of(
                    new JailSpec.Bind(home, HOME, false, JailSpec.Access.WRITE),
                    new JailSpec.Bind(local(), HOME + LOCAL, false, JailSpec.Access.WRITE),
                    new JailSpec.Bind(secrets(), HOME + SECRETS, false, JailSpec.Access.DATA),
                    new JailSpec.Bind(tmp(), HOME + TMP, false, JailSpec.Access.WRITE));
        }

        /// Every jail sees them. Its log files it may only read: whoever writes them on the host
        /// would follow a link that was put in the place of one.
        List<JailSpec.Bind> binds() {
            return List.of(
                    new JailSpec.Bind(shared, ALLOC, false, JailSpec.Access.WRITE),
                    new JailSpec.Bind(logs(), LOGS, false, JailSpec.Access.READ),
                    new JailSpec.Bind(local(), LOCAL, false, JailSpec.Access.WRITE),
                    new JailSpec.Bind(secrets(), SECRETS, false, JailSpec.Access.DATA),
                    new JailSpec.Bind(tmp(), TMP, false, JailSpec.Access.WRITE));
        }
    }
}
