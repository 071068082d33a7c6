package dev.drover.manifests.hcl;

import dev.drover.manifests.hcl.function.Files;
import dev.drover.manifests.tree.Source;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a file's variables and functions get from outside. Later ones win: the environment, then
/// files in their order, then arguments.
///
/// @param environment variable name to text, without the `DROVER_VAR_` or `NOMAD_VAR_` in front;
///   names that the file does not declare are ignored
/// @param variableFiles files of `name = value` lines
/// @param arguments `-var name=value`; names that the file does not declare are mistakes
/// @param files what `file()` may read
public record Inputs(
        Map<String, String> environment,
        List<Source> variableFiles,
        Map<String, String> arguments,
        Files files) {

    public Inputs {
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
        variableFiles = List.copyOf(variableFiles);
        arguments = Collections.unmodifiableMap(new TreeMap<>(arguments));
    }

    /// Nothing from outside.
    public static Inputs none() {
        return new Inputs(Map.of(), List.of(), Map.of(), Files.none());
    }

    /// These files and nothing else.
    public static Inputs of(Files files) {
        return new Inputs(Map.of(), List.of(), Map.of(), files);
    }
}
