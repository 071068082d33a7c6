package dev.drover.node.artifact;

import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A real repository made by the real git, served over HTTP as git itself does it.
final class GitServer {
    private static final Map<String, String> WHO =
            Map.of(
                    "GIT_AUTHOR_NAME", "t",
                    "GIT_AUTHOR_EMAIL", "t@example.org",
                    "GIT_COMMITTER_NAME", "t",
                    "GIT_COMMITTER_EMAIL", "t@example.org",
                    "GIT_CONFIG_NOSYSTEM", "1",
                    "HOME", "/nonexistent");

    private final Path root;
    private final Path folder;
    private final WebServer web;

    /// At `/git/r.git` of the web server.
    GitServer(Path folder, WebServer web) throws IOException {
        root = folder;
        this.web = web;
        this.folder = Files.createDirectories(folder.resolve("r.git"));
        git("init", "-q", "-b", "main");
        git("config", "http.uploadpack", "true");
        web.answer("/git", this::answer);
    }

    /// A file in the working copy; no commit yet.
    Path write(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    Path work() {
        return folder;
    }

    /// Commits everything; the commit's hash.
    String commit() throws IOException {
        git("add", "-A");
        git("commit", "-q", "--allow-empty", "-m", "change");
        return git("rev-parse", "HEAD").strip();
    }

    String git(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "protocol.file.allow=always"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(WHO);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return output;
    }

    /// As the common gateway interface has it.
    private void answer(HttpExchange request) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
        builder.environment().putAll(WHO);
        builder.environment()
                .putAll(
                        Map.of(
                                "GIT_PROJECT_ROOT",
                                root.toString(),
                                "GIT_HTTP_EXPORT_ALL",
                                "1",
                                "REQUEST_METHOD",
                                request.getRequestMethod(),
                                "PATH_INFO",
                                request.getRequestURI()
                                        .getPath()
                                        .substring("/git".length())
                                        .replace("r.git/", "r.git/.git/"),
                                "QUERY_STRING",
                                String.valueOf(request.getRequestURI().getQuery()),
                                "CONTENT_TYPE",
                                header(request, "Content-Type"),
                                "HTTP_CONTENT_ENCODING",
                                header(request, "Content-Encoding"),
                                "HTTP_GIT_PROTOCOL",
                                header(request, "Git-Protocol")));
        Process backend = builder.start();
        byte[] body = request.getRequestBody().readAllBytes();
        try (var in = backend.getOutputStream()) {
            in.write(body);
        }
        InputStream out = new BufferedInputStream(backend.getInputStream());
        int status = 200;
        for (String line = line(out); !line.isEmpty(); line = line(out)) {
            String[] pair = line.split(": ", 2);
            if (pair[0].equals("Status")) {
                status = Integer.parseInt(pair[1].substring(0, 3));
            } else {
                request.getResponseHeaders().set(pair[0], pair[1]);
            }
        }
        request.sendResponseHeaders(status, 0);
        out.transferTo(request.getResponseBody());
    }

    /// Its files also at `/plain`, as a web server that knows nothing of Git has them.
    void shownPlainly() throws IOException {
        git("update-server-info");
        web.answer("/plain", this::file);
    }

    private void file(HttpExchange request) throws IOException {
        Path file = root.resolve(request.getRequestURI().getPath().substring("/plain/".length()));
        if (!Files.isRegularFile(file)) {
            request.sendResponseHeaders(404, -1);
            return;
        }
        request.sendResponseHeaders(200, 0);
        Files.copy(file, request.getResponseBody());
    }

    private static String header(HttpExchange request, String name) {
        String value = request.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
            line.write(octet);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }
}
