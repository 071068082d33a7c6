package dev.drover.controller.sync;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A real repository made by the real git: a bare one that is followed, and a working copy that
/// pushes to it.
public final class GitRepository {

    /// When every commit was made: the same files are the same commit.
    private static final String DATE = "2026-01-01T12:00:00Z";

    private final Path bare;
    private final Path work;

    public GitRepository(Path folder) throws IOException {
        bare = folder.resolve("remote.git");
        work = folder.resolve("work");
        run(folder, "git", "init", "-q", "--bare", "-b", "main", bare.toString());
        run(folder, "git", "clone", "-q", bare.toString(), work.toString());
        run(work, "git", "checkout", "-q", "-B", "main");
    }

    public String url() {
        return bare.toUri().toString();
    }

    Path bare() {
        return bare;
    }

    Path work() {
        return work;
    }

    /// Takes it away from where it was.
    void move() throws IOException {
        Files.move(bare, bare.resolveSibling("moved.git"));
    }

    /// Commits these files (and whatever lies in the working copy) and pushes; answers the commit.
    public String push(Map<String, String> files) throws IOException {
        for (var file : files.entrySet()) {
            Path path = work.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        git("add", "-A");
        git("commit", "-q", "--allow-empty", "-m", "change");
        git("push", "-q", "origin", "HEAD:main");
        return git("rev-parse", "HEAD").strip();
    }

    String git(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of("-c", "user.name=t", "-c", "user.email=t@example.org"));
        command.addAll(List.of("-c", "protocol.file.allow=always"));
        command.addAll(List.of(arguments));
        return run(work, command.toArray(String[]::new));
    }

    private static String run(Path folder, String... command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(Map.of("GIT_AUTHOR_DATE", DATE, "GIT_COMMITTER_DATE", DATE));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(List.of(command) + ": " + output);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
        return output;
    }
}
