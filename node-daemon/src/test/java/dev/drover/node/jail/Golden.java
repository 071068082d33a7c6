package dev.drover.node.jail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Texts that a reviewer reads as a diff: `make golden` writes them anew.
public final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/dev/drover/node/jail");

    private Golden() {}

    /// Compares, or writes.
    public static void check(String name, String actual) throws IOException {
        Path file = FOLDER.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, actual);
        }
        assertThat(actual).as(name).isEqualTo(Files.readString(file));
    }
}
