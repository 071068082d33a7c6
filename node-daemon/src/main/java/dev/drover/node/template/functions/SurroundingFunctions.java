package dev.drover.node.template.functions;

import dev.drover.node.template.functions.Surroundings.FileText;
import dev.drover.node.template.language.Arguments;
import dev.drover.node.template.language.Fault;
import dev.drover.node.template.language.Function;
import dev.drover.node.template.language.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// The functions that look around: environment, files, clock, and what is kept elsewhere. One
/// instance serves one rendering and remembers what that read.
final class SurroundingFunctions {

    /// What these three can do to a node is why Nomad refuses them too, unless an operator allows
    /// it.
    private static final List<String> DENIED = List.of("plugin", "writeToFile", "executeTemplate");

    /// They work on what Consul answers, or on the node's addresses; templates that name them are
    /// read, but not rendered.
    private static final List<String> UNSERVED =
            List.of("byKey", "byMeta", "byPort", "byTag", "explode", "sockaddr");

    private final Surroundings surroundings;
    private final SortedSet<Dependency> dependencies = new TreeSet<>();

    SurroundingFunctions(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /// What has been read so far.
    SortedSet<Dependency> dependencies() {
        return dependencies;
    }

    Map<String, Function> functions() {
        Map<String, Function> functions = new HashMap<>();
        functions.put("env", a -> Value.of(env(a.exactly(1).text(0), "")));
        functions.put("envOrDefault", a -> Value.of(env(a.exactly(2).text(0), a.text(1))));
        functions.put("mustEnv", this::mustEnv);
        functions.put("file", this::file);
        functions.put("timestamp", this::timestamp);
        Value scratch = Scratch.create();
        functions.put("scratch", a -> a.exactly(0).count() == 0 ? scratch : Value.nil());
        Lookup.FUNCTIONS.keySet().forEach(name -> functions.put(name, a -> ask(name, a)));
        DENIED.forEach(name ->
                functions.put(
                        name,
                        _ ->
                                refuse(
                                        name
                                                + " is disabled: a template may not run programs, write files or render templates it made itself")));
        UNSERVED.forEach(name ->
                functions.put(
                        name,
                        _ ->
                                refuse(
                                        name
                                                + " is not available: no Consul is connected to this node; addresses stand in NOMAD_ADDR_… of the environment")));
        return functions;
    }

    private static Value refuse(String why) {
        throw Fault.of(why);
    }

    private String env(String name, String otherwise) {
        dependencies.add(new Dependency.EnvironmentVariable(name));
        return surroundings.env().getOrDefault(name, otherwise);
    }

    private Value mustEnv(Arguments arguments) {
        String name = arguments.exactly(1).text(0);
        dependencies.add(new Dependency.EnvironmentVariable(name));
        String value = surroundings.env().getOrDefault(name, "");
        if (value.isEmpty()) {
            throw Fault.of(
                    "environment variable "
                            + name
                            + " is not set, or empty: set it in the task's env, or use env or envOrDefault");
        }
        return Value.of(value);
    }

    private Value file(Arguments arguments) {
        String path = arguments.exactly(1).text(0);
        dependencies.add(new Dependency.FileContent(path));
        return switch (surroundings.files().apply(path)) {
            case FileText.Found(String text) -> Value.of(text);
            case FileText.Missing() -> throw Fault.missing(where(path));
            case FileText.Refused(String why) -> throw Fault.of("file " + path + ": " + why);
        };
    }

    private Value timestamp(Arguments arguments) {
        String layout = arguments.between(0, 1).count() == 0 ? GoTime.RFC_3339 : arguments.text(0);
        return Value.of(
                layout.equals("unix")
                        ? String.valueOf(surroundings.now().getEpochSecond())
                        : GoTime.format(surroundings.now(), layout));
    }

    private Value ask(String function, Arguments arguments) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < arguments.count(); i++) {
            boolean count = arguments.value(i) instanceof Value.Int;
            words.add(count ? arguments.value(i).shown() : arguments.text(i));
        }
        dependencies.add(
                new Dependency.Elsewhere((function + " " + String.join(" ", words)).strip()));
        return switch (surroundings.lookup().ask(function, words)) {
            case Lookup.Answer.Found(Value value) -> value;
            case Lookup.Answer.Missing(String what) -> throw Fault.missing(what);
            case Lookup.Answer.Unavailable(String why) -> throw Fault.of(why);
        };
    }

    /// The machine's own files are out of reach, and may well have that path.
    private static String where(String path) {
        return "file " + path + (path.startsWith("/") ? " beneath the task's folder" : "");
    }
}
