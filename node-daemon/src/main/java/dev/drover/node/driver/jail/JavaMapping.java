package dev.drover.node.driver.jail;

import dev.drover.manifests.model.Value;
import dev.drover.node.driver.Config;
import dev.drover.node.jail.ExecMapping;
import dev.drover.node.jail.JailMapping.RealPaths;
import dev.drover.node.jail.JailPolicy;
import dev.drover.node.jail.JailRequest;
import dev.drover.node.jail.JailSpec;
import dev.drover.node.jail.Mapped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// From the config of the `java` driver to the jail of an `exec` task whose command is Java.
final class JavaMapping {
    private static final String JAR = "jarpath";
    private static final String CLASS = "class";
    private static final String CLASS_IN_YAML = "mainclass";
    private static final String CLASS_PATH = "classpath";
    private static final String OPTIONS = "jvmoptions";
    private static final String ARGUMENTS = "args";

    /// What `exec` makes of them is right for Java, too.
    private static final Set<String> AS_EXEC =
            Set.of("workdir", "capadd", "capdrop", "pidmode", "ipcmode", "usernsmode");

    /// Options with which an author sizes the heap.
    private static final List<String> HEAP = List.of("-Xmx", "-XX:MaxHeapSize", "-XX:MaxRAM");

    private final JailRequest request;
    private final Map<String, Value> exec = new TreeMap<>();
    private final Map<String, Value> own = new TreeMap<>();

    private JavaMapping(JailRequest request) {
        this.request = request;
    }

    /// What a task gets.
    static Mapped map(
            JailRequest request,
            JavaHome home,
            JailSpec.Root.Host host,
            JailPolicy policy,
            RealPaths realPaths) {
        try {
            JailRequest asExec = new JavaMapping(request).asExec(home);
            return ExecMapping.map(asExec, host, policy, realPaths);
        } catch (Config.Mistake mistake) {
            return new Mapped.Refused(List.of(mistake.because()));
        }
    }

    private JailRequest asExec(JavaHome home) throws Config.Mistake {
        for (Map.Entry<String, Value> entry : request.config().entrySet()) {
            String key = entry.getKey().replace("_", "").toLowerCase(Locale.ROOT);
            switch (key) {
                case JAR, CLASS, CLASS_PATH, OPTIONS, ARGUMENTS -> own.put(key, entry.getValue());
                case CLASS_IN_YAML -> own.put(CLASS, entry.getValue());
                default -> {
                    if (!AS_EXEC.contains(key)) {
                        throw new Config.Mistake(
                                "config." + entry.getKey() + " is not a key of the java driver");
                    }
                    exec.put(key, entry.getValue());
                }
            }
        }
        exec.put("command", new Value.Text(home.program().toString()));
        exec.put(
                ARGUMENTS,
                new Value.Items(words(new Config(own)).<Value>map(Value.Text::new).toList()));
        return new JailRequest(
                request.name(),
                exec,
                request.environment(),
                request.user(),
                request.folders(),
                request.volumes(),
                request.limits());
    }

    /// What follows `java`.
    private Stream<String> words(Config config) throws Config.Mistake {
        Optional<String> jar = config.optionalText(JAR);
        Optional<String> main = config.optionalText(CLASS);
        if (jar.isPresent() == main.isPresent()) {
            throw new Config.Mistake(
                    jar.isPresent()
                            ? "config.jar_path and config.class both say what to run; give one"
                            : "config.jar_path or config.class is missing");
        }
        List<String> words = new ArrayList<>();
        List<String> options = config.texts(OPTIONS);
        if (options.stream().noneMatch(o -> HEAP.stream().anyMatch(o::startsWith))) {
            heap().ifPresent(words::add);
        }
        words.addAll(options);
        Optional<String> path = config.optionalText(CLASS_PATH);
        if (path.isPresent()) {
            words.add("-cp");
            words.add(
                    Stream.of(path.get().split(":", -1))
                            .map(this::inside)
                            .collect(Collectors.joining(":")));
        }
        if (jar.isPresent()) {
            words.add("-jar");
            words.add(jar(jar.get()));
        }
        main.ifPresent(words::add);
        words.addAll(config.texts(ARGUMENTS));
        return words.stream();
    }

    /// Three quarters of what the task may use: the rest is for code, threads and classes. Inside
    /// of its jail Java does not see its limit, and would take a part of the whole machine.
    private Optional<String> heap() {
        return request.limits().memoryBytes().map(bytes -> "-Xmx" + ((bytes / 4 * 3) >> 20) + "m");
    }

    private String jar(String written) throws Config.Mistake {
        Path there = onHost(written);
        if (there.startsWith(request.folders().home()) && !Files.isRegularFile(there)) {
            throw new Config.Mistake(
                    "config.jar_path: "
                            + written
                            + " is not in the task's folder; an `artifact` can bring it");
        }
        return inside(written);
    }

    private Path onHost(String written) {
        return request.folders().home().resolve(written).normalize();
    }

    /// A path of the task's folders as the jail sees it; another one of the node as it is.
    private String inside(String written) {
        return written.isEmpty() ? written : request.folders().seenFromHome(onHost(written));
    }
}
