package dev.drover.controller.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// Which `drover` is measured: the package where `make dist` has made one, else this clone's.
final class Launcher {
    private Launcher() {}

    static String path() throws IOException {
        Path packages = Path.of("dist");
        if (!Files.isDirectory(packages)) {
            return "./drover";
        }
        try (Stream<Path> found = Files.list(packages)) {
            return found.map(folder -> folder.resolve("drover"))
                    .filter(Files::isExecutable)
                    .max(Comparator.comparing(Path::toString))
                    .map(Path::toString)
                    .orElse("./drover");
        }
    }
}
