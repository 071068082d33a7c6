package dev.drover.node.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is left on this machine of a daemon and its tasks, seen without asking it. A network
/// namespace lives in a process or a mount, so there is none where those are gone.
final class Remains {
    private static final Duration GOING = Duration.ofSeconds(10);

    private Remains() {}

    /// Fails when processes of that folder outlive what they were for. They may for a moment: the
    /// last reader of a run's pipes looks once a second whether it may go (supervise.sh).
    static void assertNoProcesses(Path folder) {
        await().atMost(GOING)
                .untilAsserted(() -> assertThat(processes(folder.toString())).isEmpty());
    }

    /// Command lines that hold the text: supervisors, loggers, tasks.
    private static List<String> processes(String text) throws IOException {
        return commandLines().entrySet().stream()
                .filter(process -> process.getValue().contains(text))
                .map(process -> process.getKey() + ": " + process.getValue())
                .toList();
    }

    /// Who has exactly this command line, its words with a space behind each.
    static List<Integer> running(String command) throws IOException {
        return commandLines().entrySet().stream()
                .filter(process -> process.getValue().equals(command))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<Integer, String> commandLines() throws IOException {
        return entries(Path.of("/proc")).stream()
                .filter(entry -> entry.getFileName().toString().matches("\\d+"))
                .collect(
                        Collectors.toMap(
                                entry -> Integer.valueOf(entry.getFileName().toString()),
                                Remains::commandLine));
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException gone) {
            return "";
        }
    }

    /// Lines of our mount table that hold the text.
    static List<String> mounts(String text) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .filter(line -> line.contains(text))
                .toList();
    }

    /// The groups of that node, in every hierarchy, but for the one that they are in.
    static List<Path> groups(String uid) throws IOException {
        List<Path> found = new ArrayList<>();
        Path mounts = Path.of("/sys/fs/cgroup");
        List<Path> hierarchies = new ArrayList<>(entries(mounts));
        hierarchies.add(mounts);
        for (Path hierarchy : hierarchies) {
            entries(hierarchy.resolve("drover/node-" + uid)).stream()
                    .filter(Files::isDirectory)
                    .forEach(found::add);
        }
        return found;
    }

    private static List<Path> entries(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }
}
