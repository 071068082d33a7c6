package dev.drover.controller.cli;

import dev.drover.manifests.Manifest;
import dev.drover.manifests.Read;
import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.json.JsonWriter;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.nomad.NomadWriter;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Position;
import dev.drover.manifests.tree.Problem;
import dev.drover.manifests.tree.Tree;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `drover convert --to nomad-json FILE…`: the jobs of manifests as Nomad's API has them.
final class ConvertCommand implements Command {
    private static final String NOMAD_JSON = "nomad-json";

    @Override
    public CommandSpec spec() {
        return Manifested.options(
                Options.command(
                                "convert",
                                "Prints the jobs of manifests as Nomad's API has them.",
                                List.of(
                                        "drover convert --to nomad-json web.hcl",
                                        "drover convert --to nomad-json --lines jobs/*.hcl"))
                        .addOption(Options.text("FORM", "nomad-json.", "--to"))
                        .addOption(
                                Options.flag(
                                        "One JSON line for each file, also for one with mistakes.",
                                        "--lines"))
                        .addPositional(
                                Options.several("FILE", "A manifest, a folder of them, or -.")));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        String form = invocation.text("--to").orElse(NOMAD_JSON);
        if (!form.equals(NOMAD_JSON)) {
            throw new CommandFailure(
                    "cannot convert to \"" + form + "\"",
                    "only nomad-json is known",
                    "--to nomad-json");
        }
        Inputs inputs = Manifested.inputs(invocation);
        boolean lines = invocation.flag("--lines");
        int code = 0;
        for (ManifestFiles.Text file : ManifestFiles.read(invocation.parameters())) {
            Tree.Block line = line(file, Manifested.readAsNomad(file, inputs));
            boolean ok = line.field("Job").isPresent();
            code = ok ? code : 1;
            print(line, lines || !ok, invocation.out());
        }
        return code;
    }

    private static void print(Tree.Block line, boolean whole, Out out) {
        out.data(
                whole
                        ? JsonWriter.compact(line) + "\n"
                        : JsonWriter.pretty(line.field("Job").orElseThrow().value()));
    }

    /// `{"file", "ok": true, "Job"}` or `{"file", "ok": false, "error": {…}}`.
    private static Tree.Block line(ManifestFiles.Text file, Read read) {
        var fields = new ArrayList<Tree.Field>();
        fields.add(field("file", text(file.name())));
        Optional<Job> job = job(read);
        fields.add(field("ok", new Tree.Flag(Position.START, job.isPresent())));
        fields.add(
                job.map(j -> field("Job", NomadWriter.parsed(j)))
                        .orElseGet(() -> field("error", error(file, read))));
        return block(fields);
    }

    private static Optional<Job> job(Read read) {
        return switch (read) {
            case Read.Resources(List<Manifest> manifests, _) ->
                    manifests.stream()
                            .map(Manifest::resource)
                            .filter(Job.class::isInstance)
                            .map(Job.class::cast)
                            .findFirst();
            case Read.Problems _ -> Optional.empty();
        };
    }

    private static Tree.Block error(ManifestFiles.Text file, Read read) {
        return switch (read) {
            case Read.Problems(List<Problem> problems) ->
                    error(
                            file,
                            problems.stream()
                                    .filter(p -> !p.warning())
                                    .min(Comparator.comparing(p -> p.code() != Code.CHARACTER))
                                    .orElseThrow());
            case Read.Resources _ -> error(file, Position.START, "the file declares no job", "");
        };
    }

    private static Tree.Block error(ManifestFiles.Text file, Problem problem) {
        Position at = problem.place().map(Problem.Place::position).orElse(Position.START);
        String detail =
                problem.why()
                        + (problem.why().isEmpty() || problem.fix().isEmpty() ? "" : "; ")
                        + problem.fix();
        return error(file, at, problem.what(), detail);
    }

    private static Tree.Block error(
            ManifestFiles.Text file, Position at, String summary, String detail) {
        return block(
                List.of(
                        field("file", text(file.name())),
                        field("line", number(at.line())),
                        field("column", number(at.column())),
                        field("summary", text(summary)),
                        field("detail", text(detail))));
    }

    private static Tree.Block block(List<Tree.Field> fields) {
        return new Tree.Block(Position.START, List.of(), fields);
    }

    private static Tree.Field field(String name, Tree value) {
        return new Tree.Field(Position.START, name, Tree.Form.ARGUMENT, value);
    }

    private static Tree text(String value) {
        return new Tree.Text(Position.START, value);
    }

    private static Tree number(int value) {
        return new Tree.Num(Position.START, BigDecimal.valueOf(value));
    }
}
