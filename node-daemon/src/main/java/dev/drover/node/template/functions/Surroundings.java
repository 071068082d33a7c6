package dev.drover.node.template.functions;

import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/// What a template sees of the world.
///
/// @param env the task's environment
/// @param files the content of a file the task may see, by its path as the template wrote it
/// @param now what `timestamp` says
public record Surroundings(
        Map<String, String> env, Function<String, FileText> files, Instant now, Lookup lookup) {
    public Surroundings {
        env = Map.copyOf(env);
    }

    /// A world with nothing in it, at the beginning of time.
    static Surroundings none() {
        return new Surroundings(
                Map.of(), _ -> new FileText.Missing(), Instant.EPOCH, Lookup.none());
    }

    /// A file that was asked for.
    public sealed interface FileText {
        record Found(String text) implements FileText {}

        /// It is not there, and may come.
        record Missing() implements FileText {}

        record Refused(String why) implements FileText {}
    }
}
