package dev.drover.manifests;

import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.json.JsonWriter;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.nomad.NomadWriter;
import dev.drover.manifests.tree.Position;
import dev.drover.manifests.tree.Problem;
import dev.drover.manifests.tree.Tree;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Reads every job file beneath a folder: for each, a line of JSON with the job in Nomad's form or
/// the first problem.
final class CorpusLines {
    private CorpusLines() {}

    public static void main(String[] arguments) throws IOException {
        for (String line : of(Path.of(arguments[0]))) {
            System.out.println(line);
        }
    }

    static List<String> of(Path root) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : jobFiles(root)) {
            lines.add(line(root, file));
        }
        return lines;
    }

    /// Every job file beneath a folder, sorted.
    static List<Path> jobFiles(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).filter(CorpusLines::isJob).sorted().toList();
        }
    }

    private static boolean isJob(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".hcl") || name.endsWith(".nomad") || name.endsWith(".json");
    }

    private static String line(Path root, Path file) throws IOException {
        String name = root.relativize(file).toString();
        String text = Files.readString(file);
        Path folder = file.resolveSibling(".").toAbsolutePath().normalize();
        return line(name, text, Syntax.of(name, text), Inputs.of(new FolderFiles(folder)));
    }

    static String line(String name, String text, Syntax syntax, Inputs inputs) {
        Read read = Manifests.readAsNomad(text, name, syntax, inputs);
        return switch (read) {
            case Read.Resources(List<Manifest> manifests, _)
                    when manifests.size() == 1
                            && manifests.getFirst().resource() instanceof Job job ->
                    JsonWriter.compact(
                            object(
                                    field("file", text(name)),
                                    field("ok", new Tree.Flag(Position.START, true)),
                                    field(
                                            "Job",
                                            NomadWriter.parsed(
                                                    job,
                                                    manifests.getFirst().places().strangers()))));
            case Read.Resources(List<Manifest> manifests, _) ->
                    failed(name, object(field("summary", text(manifests.size() + " resources"))));
            case Read.Problems problems -> failed(name, error(problems.first()));
        };
    }

    private static String failed(String name, Tree error) {
        return JsonWriter.compact(
                object(
                        field("file", text(name)),
                        field("ok", new Tree.Flag(Position.START, false)),
                        field("error", error)));
    }

    private static Tree error(Problem problem) {
        List<Tree.Field> fields = new ArrayList<>();
        problem.place()
                .ifPresent(place -> {
                    fields.add(field("line", number(place.position().line())));
                    fields.add(field("column", number(place.position().column())));
                });
        fields.add(field("summary", text(problem.what())));
        fields.add(field("detail", text(problem.fix())));
        return new Tree.Block(Position.START, List.of(), fields);
    }

    private static Tree object(Tree.Field... fields) {
        return new Tree.Block(Position.START, List.of(), List.of(fields));
    }

    private static Tree.Field field(String name, Tree value) {
        return new Tree.Field(Position.START, name, Tree.Form.ARGUMENT, value);
    }

    private static Tree text(String text) {
        return new Tree.Text(Position.START, text);
    }

    private static Tree number(int number) {
        return new Tree.Num(Position.START, BigDecimal.valueOf(number));
    }
}
