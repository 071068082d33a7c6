package dev.drover.manifests;

import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.json.JsonReader;
import dev.drover.manifests.json.JsonWriter;
import dev.drover.manifests.tree.Source;
import dev.drover.manifests.tree.Tree;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Job files of other people and what Nomad's parser made of them. They lie beside the project and
/// are no part of it, so tests that need them are skipped where they are not.
///
/// Compares as the people do who collected them: absent, null and empty are the same; so are zero
/// values, but for fields that Nomad leaves null when nobody states them.
final class Corpus {
    private final Path root;
    private final List<Tree.Block> expected;
    private final Set<String> nullable = new HashSet<>();

    private Corpus(Path root) throws IOException {
        this.root = root;
        try (Stream<String> lines = Files.lines(root.resolve("expected.jsonl"))) {
            this.expected = lines.map(Corpus::json).toList();
        }
        expected.forEach(entry -> entry.field("Job").ifPresent(job -> collect(job.value(), "Job")));
    }

    /// The corpus in a folder `shared/corpus` of the project's parents, if there is one.
    static Optional<Corpus> find() throws IOException {
        for (Path folder = Path.of("").toAbsolutePath();
                folder != null;
                folder = folder.getParent()) {
            Path corpus = folder.resolve("shared/corpus");
            if (Files.isRegularFile(corpus.resolve("expected.jsonl"))) {
                return Optional.of(new Corpus(corpus));
            }
        }
        return Optional.empty();
    }

    Path root() {
        return root;
    }

    /// What differs between our lines and the expected ones.
    List<String> differences(List<String> lines) {
        return differences(lines, expected);
    }

    /// What differs between our reading of Nomad's own JSON and that JSON.
    List<String> differencesOfJson() {
        List<Tree.Block> jobs = expected.stream().filter(entry -> flag(entry, "JobOK")).toList();
        List<String> lines =
                jobs.stream()
                        .map(entry ->
                                CorpusLines.line(
                                        text(entry, "File"),
                                        JsonWriter.compact(entry),
                                        Syntax.JSON,
                                        Inputs.none()))
                        .toList();
        return differences(lines, jobs);
    }

    private List<String> differences(List<String> lines, List<Tree.Block> wanted) {
        Map<String, Tree.Block> ours = new TreeMap<>();
        for (String line : lines) {
            Tree.Block answer = json(line);
            ours.put(text(answer, "file"), answer);
        }
        List<String> differences = new ArrayList<>();
        for (Tree.Block entry : wanted) {
            Tree.Block answer = ours.get(text(entry, "File"));
            difference(entry, Optional.ofNullable(answer))
                    .ifPresent(what -> differences.add(text(entry, "File") + ": " + what));
        }
        return differences;
    }

    private Optional<String> difference(Tree.Block entry, Optional<Tree.Block> answer) {
        if (answer.isEmpty()) {
            return Optional.of("no answer");
        }
        boolean wanted = flag(entry, "JobOK");
        if (flag(answer.get(), "ok") != wanted) {
            return Optional.of(wanted ? "refused" : "accepted, but " + text(entry, "JobErr"));
        }
        if (!wanted) {
            return Optional.empty();
        }
        Object theirs = normal(entry.field("Job").orElseThrow().value(), "Job");
        Object mine = normal(answer.get().field("Job").orElseThrow().value(), "Job");
        return theirs.equals(mine)
                ? Optional.empty()
                : Optional.of("expected " + theirs + "\n     got " + mine);
    }

    private void collect(Tree tree, String path) {
        switch (tree) {
            case Tree.Nothing _ -> nullable.add(path);
            case Tree.Block block ->
                    block.fields().forEach(f -> collect(f.value(), path + "." + f.name()));
            case Tree.Listing list -> list.items().forEach(item -> collect(item, path + "[]"));
            case Tree.Text _, Tree.Num _, Tree.Flag _ -> {}
        }
    }

    private Object normal(Tree tree, String path) {
        return switch (tree) {
            case Tree.Text(_, String text) -> text.replaceAll(UUID, "<random>");
            case Tree.Num(_, BigDecimal number) -> number.doubleValue();
            case Tree.Flag(_, boolean flag) -> flag;
            case Tree.Nothing _ -> "";
            case Tree.Listing list ->
                    list.items().stream().map(item -> normal(item, path + "[]")).toList();
            case Tree.Block block -> {
                Map<String, Object> fields = new TreeMap<>();
                for (Tree.Field field : block.fields()) {
                    String here = path + "." + field.name();
                    Object value = normal(field.value(), here);
                    if (!empty(field.value(), value, here)) {
                        fields.put(field.name(), value);
                    }
                }
                yield fields;
            }
        };
    }

    private boolean empty(Tree tree, Object value, String path) {
        if (tree instanceof Tree.Nothing || value.equals(List.of()) || value.equals(Map.of())) {
            return true;
        }
        boolean zero = value.equals("") || value.equals(false) || value.equals(0.0);
        return zero && !nullable.contains(path);
    }

    private static final String UUID =
            "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    private static Tree.Block json(String line) {
        return JsonReader.read(new Source("line", line)).documents().getFirst();
    }

    private static String text(Tree.Block block, String name) {
        return block.field(name).map(Tree.Field::value).orElseThrow()
                        instanceof Tree.Text(_, String text)
                ? text
                : "";
    }

    private static boolean flag(Tree.Block block, String name) {
        return block.field(name).map(Tree.Field::value).orElseThrow()
                        instanceof Tree.Flag(_, boolean flag)
                && flag;
    }
}
