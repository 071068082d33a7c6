package dev.drover.controller.cli;

import dev.drover.manifests.Manifest;
import dev.drover.manifests.Manifests;
import dev.drover.manifests.Read;
import dev.drover.manifests.Syntax;
import dev.drover.manifests.json.JsonWriter;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.nomad.NomadWriter;
import dev.drover.manifests.tree.Made;
import dev.drover.manifests.tree.Path;
import dev.drover.manifests.tree.Position;
import dev.drover.manifests.tree.Problem;
import dev.drover.manifests.tree.Suggestion;
import dev.drover.manifests.tree.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `drover convert --to hcl|yaml|json|nomad-json FILE…`: manifests in another syntax, or their jobs
/// as Nomad's API has them.
final class ConvertCommand implements Command {
    private static final String NOMAD_JSON = "nomad-json";
    private static final Map<String, Syntax> SYNTAXES =
            Map.of("hcl", Syntax.HCL, "yaml", Syntax.YAML, "json", Syntax.JSON);

    @Override
    public CommandSpec spec() {
        return Manifested.options(
                Options.command(
                                "convert",
                                "Prints manifests in another syntax.",
                                List.of(
                                        "drover convert --to yaml web.hcl",
                                        "drover convert --to hcl cluster/",
                                        "drover convert --to nomad-json --lines jobs/*.hcl"))
                        .addOption(
                                Options.text(
                                        "FORM",
                                        "hcl, yaml, json or nomad-json (the default).",
                                        "--to"))
                        .addOption(
                                Options.flag(
                                        "With nomad-json: one line for each file, also for one with"
                                                + " mistakes.",
                                        "--lines"))
                        .addPositional(Options.any("FILE", "A manifest, a folder of them, or -.")));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        String form = invocation.text("--to").orElse(NOMAD_JSON);
        if (form.equals(NOMAD_JSON)) {
            return nomad(invocation);
        }
        Optional<Syntax> syntax = Optional.ofNullable(SYNTAXES.get(form));
        if (syntax.isEmpty()) {
            throw new CommandFailure(
                    "cannot convert to \"" + form + "\"",
                    "",
                    Suggestion.of(form, List.of("hcl", "yaml", "json", NOMAD_JSON))
                            .map(near -> "did you mean " + near + "?")
                            .orElse("write hcl, yaml, json or nomad-json"));
        }
        List<Resource> resources = Manifested.bound(invocation.parameters(), invocation);
        if (syntax.get() == Syntax.HCL) {
            for (Resource resource : resources) {
                unchanged(resource);
            }
        }
        invocation.out().data(Manifests.write(resources, syntax.get()));
        return 0;
    }

    private static void unchanged(Resource resource) throws CommandFailure {
        Optional<String> changed = Manifests.changedByHcl(resource);
        if (changed.isPresent()) {
            throw new CommandFailure(
                    resource.metadata().name() + " cannot be said in HCL",
                    "HCL composes letters, and would read \""
                            + changed.get()
                            + "\" as another text",
                    "convert it to yaml or json, or write that text with composed letters (Unicode"
                            + " NFC)");
        }
    }

    private static int nomad(Invocation invocation) throws IOException, CommandFailure {
        Manifested.For inputs = Manifested.inputs(invocation);
        boolean lines = invocation.flag("--lines");
        int code = 0;
        for (ManifestFiles.Text file : Manifested.texts(invocation.parameters(), invocation)) {
            Tree.Block line = line(file, Manifested.readAsNomad(file, inputs.of(file)));
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
        fields.add(Made.field("file", file.name()));
        List<Manifest> jobs = jobs(read);
        fields.add(Made.field("ok", Made.flag(jobs.size() == 1)));
        fields.add(
                jobs.size() == 1 // Nomad's form holds no more
                        ? Made.field("Job", job(jobs.getFirst()))
                        : Made.field("error", error(file, read)));
        return Made.block(fields);
    }

    private static Tree.Block job(Manifest manifest) {
        return NomadWriter.parsed((Job) manifest.resource(), manifest.places().strangers());
    }

    private static List<Manifest> jobs(Read read) {
        return switch (read) {
            case Read.Resources(List<Manifest> manifests, _) ->
                    manifests.stream().filter(each -> each.resource() instanceof Job).toList();
            case Read.Problems _ -> List.of();
        };
    }

    private static Tree.Block error(ManifestFiles.Text file, Read read) {
        return switch (read) {
            case Read.Problems problems -> error(file, problems.first());
            case Read.Resources _ when jobs(read).isEmpty() ->
                    error(file, Position.START, "the file declares no job", "");
            case Read.Resources _ ->
                    error(
                            file,
                            jobs(read).get(1).places().of(Path.ROOT), // the first one too many
                            "the file declares " + jobs(read).size() + " jobs",
                            "Nomad's form holds one; --to hcl, yaml and json hold several");
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
        return Made.block(
                List.of(
                        Made.field("file", file.name()),
                        Made.field("line", Made.number(at.line())),
                        Made.field("column", Made.number(at.column())),
                        Made.field("summary", summary),
                        Made.field("detail", detail)));
    }
}
