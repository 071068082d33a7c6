package dev.drover.manifests.hcl.function;

import static dev.drover.manifests.hcl.function.Arguments.text;

import dev.drover.manifests.hcl.value.Budget;
import dev.drover.manifests.hcl.value.Mistake;
import dev.drover.manifests.hcl.value.Value;
import dev.drover.manifests.tree.Code;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;

/// Functions that look at files, as far as [Files] lets them, and at the names of paths.
final class FileFunctions {

    private final Files files;

    FileFunctions(Files files) {
        this.files = files;
    }

    List<Definition> all() {
        return List.of(
                Definition.of(
                        "file",
                        1,
                        (arguments, budget) -> Value.of(utf8(text(arguments, 0), budget))),
                Definition.of(
                        "filebase64",
                        1,
                        (arguments, budget) ->
                                Value.of(
                                        Base64.getEncoder()
                                                .encodeToString(read(text(arguments, 0), budget)))),
                Definition.of(
                        "fileexists",
                        1,
                        (arguments, _) -> ask(() -> Value.of(files.exists(text(arguments, 0))))),
                Definition.of(
                        "fileset",
                        2,
                        (arguments, _) ->
                                ask(() ->
                                        Value.setOf(
                                                files
                                                        .matching(
                                                                text(arguments, 0),
                                                                text(arguments, 1))
                                                        .stream()
                                                        .map(Value::of)
                                                        .toList()))),
                Definition.of(
                        "abspath",
                        1,
                        (arguments, _) -> ask(() -> Value.of(files.absolute(text(arguments, 0))))),
                Definition.of(
                        "basename", 1, (arguments, _) -> Value.of(basename(text(arguments, 0)))),
                Definition.of(
                        "dirname", 1, (arguments, _) -> Value.of(dirname(text(arguments, 0)))),
                Definition.of(
                        "pathexpand", 1, (arguments, _) -> Value.of(expanded(text(arguments, 0)))));
    }

    private interface Question {
        Value answer() throws Files.Refused;
    }

    private static Value ask(Question question) {
        try {
            return question.answer();
        } catch (Files.Refused refused) {
            throw refusal(refused);
        }
    }

    private static Mistake refusal(Files.Refused refused) {
        return new Mistake(Code.FUNCTION_CALL, refused.why(), "");
    }

    private byte[] read(String path, Budget budget) {
        try {
            byte[] bytes = files.read(path);
            budget.produce(bytes.length);
            return bytes;
        } catch (Files.Refused refused) {
            throw refusal(refused);
        }
    }

    private String utf8(String path, Budget budget) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(read(path, budget)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Mistake(
                    Code.FUNCTION_CALL,
                    path + " is not valid UTF-8",
                    "use filebase64 for files that are not text");
        }
    }

    private static String basename(String path) {
        if (path.isEmpty()) {
            return ".";
        }
        String trimmed = withoutSlashes(path);
        return trimmed.isEmpty() ? "/" : trimmed.substring(trimmed.lastIndexOf('/') + 1);
    }

    private static String dirname(String path) {
        int slash = path.lastIndexOf('/');
        if (slash < 0) {
            return ".";
        }
        return clean(path.substring(0, slash + 1));
    }

    /// The shortest path that means the same, by its words alone: Go's `filepath.Clean`.
    private static String clean(String path) {
        boolean rooted = path.startsWith("/");
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/")) {
            if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".") && !(part.equals("..") && rooted)) {
                parts.add(part);
            }
        }
        String joined = String.join("/", parts);
        return rooted ? "/" + joined : joined.isEmpty() ? "." : joined;
    }

    private static String withoutSlashes(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    /// `~` alone needs to know whose home it is, which a manifest should not depend on: only paths
    /// without it stay as they are.
    private static String expanded(String path) {
        if (path.startsWith("~")) {
            throw new Mistake(
                    Code.FUNCTION_CALL,
                    "~ would be another folder for everybody who reads the manifest",
                    "write the path out, or take it from a variable");
        }
        return path;
    }
}
