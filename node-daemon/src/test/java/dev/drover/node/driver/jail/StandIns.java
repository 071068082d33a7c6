package dev.drover.node.driver.jail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// FreeBSD's tools, stood in for by scripts that make jails of Linux and keep what they were asked.
///
/// @param bin the folder that they are in, as `/usr/sbin`
/// @param state what jails there are, and the journal of all calls
public record StandIns(Path bin, Path state) {
    private static final Path SCRIPTS =
            Path.of("../examples/article/standin").toAbsolutePath().normalize();

    /// Puts them into `folder`.
    public static StandIns in(Path folder) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("sbin"));
        Path state = Files.createDirectories(folder.resolve("state"));
        for (String tool : List.of("jail", "jexec", "jls", "rctl")) {
            Path file =
                    Files.writeString(
                            bin.resolve(tool),
                            "#!/bin/sh\nexport FREEBSD_STANDIN_STATE=%s\nexec %s \"$@\"\n"
                                    .formatted(state, SCRIPTS.resolve(tool)));
            if (!file.toFile().setExecutable(true)) {
                throw new IOException(file + " cannot be made executable");
            }
        }
        return new StandIns(bin, state);
    }

    /// Every call, one a line.
    public String journal() throws IOException {
        return Files.readString(state.resolve("journal"));
    }

    /// The jails that are there now.
    public List<Path> jails() throws IOException {
        try (Stream<Path> all = Files.list(state)) {
            return all.filter(Files::isDirectory).toList();
        }
    }
}
