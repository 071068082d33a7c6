package dev.drover.node.image;

import java.util.List;
import java.util.Optional;

/// What an image says of the program in it, where its task does not.
///
/// @param environment `NAME=value` each
/// @param entrypoint the program, and what always comes after it
/// @param arguments what comes next, unless the task says what does
/// @param folder where it starts
/// @param user whom it runs as
/// @param diffIds the SHA-256 of each layer's tar, lowest first; empty when nothing is known
public record ImageConfig(
        List<String> environment,
        List<String> entrypoint,
        List<String> arguments,
        Optional<String> folder,
        Optional<String> user,
        List<String> diffIds) {
    /// Of a plain file system.
    public static final ImageConfig NONE =
            new ImageConfig(
                    List.of(), List.of(), List.of(), Optional.empty(), Optional.empty(), List.of());

    /// Takes copies.
    public ImageConfig {
        environment = List.copyOf(environment);
        entrypoint = List.copyOf(entrypoint);
        arguments = List.copyOf(arguments);
        diffIds = List.copyOf(diffIds);
    }
}
