package dev.drover.node.jail;

import dev.drover.manifests.model.Value;
import dev.drover.node.jail.JailMapping.RealPaths;
import dev.drover.node.jail.JailSpec.Bind;
import dev.drover.node.jail.JailSpec.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// From the config of the `exec` driver to a jail that shows the host, read-only.
public final class ExecMapping {
    private static final String NOBODY = "nobody";

    /// What a jail's config has, too.
    private static final Set<String> SHARED =
            Set.of("command", "args", "capadd", "capdrop", "usernsmode");

    private static final Set<String> MODES = Set.of("pidmode", "ipcmode");
    private static final String FOLDER = "workdir";

    private ExecMapping() {}

    /// What a task gets. Without a user it runs as nobody.
    public static Mapped map(
            JailRequest request, JailSpec.Root.Host host, JailPolicy policy, RealPaths realPaths) {
        Map<String, Value> config = new TreeMap<>();
        List<String> refusals = new ArrayList<>();
        Optional<String> folder = Optional.empty();
        for (Map.Entry<String, Value> entry : request.config().entrySet()) {
            String key = entry.getKey().replace("_", "").toLowerCase(Locale.ROOT);
            if (SHARED.contains(key)) {
                config.put(key, entry.getValue());
            } else if (entry.getValue() instanceof Value.Text(String text)
                    && (MODES.contains(key) || key.equals(FOLDER))) {
                folder = key.equals(FOLDER) ? Optional.of(text) : folder;
                mode(entry.getKey(), key, text).ifPresent(refusals::add);
            } else {
                refusals.add("config." + entry.getKey() + " is not a key of the exec driver");
            }
        }
        return switch (JailMapping.map(jail(request, config), Platform.LINUX, policy, realPaths)) {
            case Mapped.Refused(List<String> more) -> {
                refusals.addAll(more);
                yield new Mapped.Refused(refusals);
            }
            case Mapped.Accepted _ when !refusals.isEmpty() -> new Mapped.Refused(refusals);
            case Mapped.Accepted(JailSpec spec, List<String> warnings) ->
                    new Mapped.Accepted(onHost(request, spec, host, folder), warnings);
        };
    }

    private static Optional<String> mode(String written, String key, String text) {
        return MODES.contains(key) && !text.equals("private")
                ? Optional.of(
                        "config." + written + ": \"" + text + "\" is not offered, only private")
                : Optional.empty();
    }

    private static JailRequest jail(JailRequest request, Map<String, Value> config) {
        return new JailRequest(
                request.name(),
                config,
                request.environment(),
                Optional.of(request.user().orElse(NOBODY)),
                request.folders(),
                request.volumes(),
                request.limits());
    }

    private static JailSpec onHost(
            JailRequest request, JailSpec jail, JailSpec.Root.Host host, Optional<String> written) {
        Program program = jail.program();
        List<String> command = new ArrayList<>(program.command());
        command.set(0, own(request.folders(), command.getFirst()));
        String folder = written.map(request.folders()::seenInside).orElse(JailRequest.Folders.HOME);
        List<Bind> binds = new ArrayList<>(request.folders().homeBinds());
        binds.addAll(jail.binds());
        return new JailSpec(
                jail.name(),
                new Program(
                        command, program.environment(), folder, program.user(), Optional.empty()),
                host,
                binds,
                jail.walls(),
                jail.limits(),
                JailSpec.FreeBsd.NONE);
    }

    /// A program in the task's own folders comes before the host's of the same name.
    private static String own(JailRequest.Folders folders, String command) {
        if (command.startsWith("/")) {
            return command;
        }
        if (Files.isRegularFile(folders.local().resolve(command))) {
            return JailRequest.Folders.LOCAL + "/" + command;
        }
        Path ofHome = folders.home().resolve(command).normalize();
        boolean own =
                ofHome.startsWith(folders.local())
                        || (ofHome.startsWith(folders.home()) && Files.isRegularFile(ofHome));
        return own ? folders.seenFromHome(ofHome) : command;
    }
}
