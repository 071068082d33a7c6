package dev.drover.node.driver.jail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// FreeBSD's tools for jails.
record Tools(Path bin) {
    private static final List<String> NEEDED = List.of("jail", "jexec", "jls", "rctl");

    /// `jail -r` gives processes ten seconds, and a hook may take its time.
    private static final Duration TIME_MAX = Duration.ofSeconds(60);

    /// What cannot be found or must not be run, in words; empty when nothing is missing.
    Optional<String> missing() {
        List<String> missing =
                NEEDED.stream().filter(tool -> !Files.isExecutable(bin.resolve(tool))).toList();
        return missing.isEmpty()
                ? NEEDED.stream().flatMap(tool -> refused(tool).stream()).findFirst()
                : Optional.of("not in " + bin + ": " + String.join(", ", missing));
    }

    private Optional<String> refused(String tool) {
        try {
            return Trusted.refuses(bin.resolve(tool));
        } catch (IOException e) {
            return Optional.of(bin.resolve(tool) + " cannot be looked at: " + e.getMessage());
        }
    }

    /// The words with every tool of ours by its full path.
    List<String> found(List<String> words) {
        List<String> found = new ArrayList<>(words);
        found.replaceAll(word -> NEEDED.contains(word) ? bin.resolve(word).toString() : word);
        return found;
    }

    /// Runs one; what it said when it failed.
    Optional<String> run(List<String> words) throws IOException, InterruptedException {
        Call.Said said = say(words);
        return said.status() == 0 ? Optional.empty() : Optional.of(said.text().strip());
    }

    /// Runs one to its end.
    Call.Said say(List<String> words) throws IOException, InterruptedException {
        return Call.of(words.getFirst(), found(words), TIME_MAX);
    }
}
