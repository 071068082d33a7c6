package dev.drover.controller.cli;

import dev.drover.manifests.Manifest;
import dev.drover.manifests.Manifests;
import dev.drover.manifests.Read;
import dev.drover.manifests.Syntax;
import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Problem;
import dev.drover.manifests.tree.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// Reads the manifests that an invocation names, or says everything that is wrong with them.
final class Manifested {
    private static final String FILE = "-f";
    private static final String ALLOW_PATH = "--allow-path";
    private static final List<String> PREFIXES = List.of("NOMAD_VAR_", "DROVER_VAR_");

    private Manifested() {}

    /// Adds the options that name manifests and give values to their variables.
    static CommandSpec options(CommandSpec spec) {
        return spec.addOption(
                        Options.texts(
                                "FILE",
                                "Another way to name a manifest.",
                                FILE,
                                "--file",
                                "--filename"))
                .addOption(
                        Options.flag(
                                "Accepted: a folder always means all beneath it.",
                                "-R",
                                "--recursive"))
                .addOption(
                        Options.texts(
                                "NAME=VALUE", "Gives a variable of the file a value.", "--var"))
                .addOption(
                        Options.texts(
                                "FILE", "Gives variables the values of a file.", "--var-file"))
                .addOption(
                        Options.texts(
                                "DIR",
                                "Lets file() read beneath it, not only beneath the manifest's own"
                                        + " folder.",
                                ALLOW_PATH));
    }

    /// What files declare, and what is wrong with it.
    record Checked(List<Manifest> manifests, List<Problem> problems) {
        Checked {
            manifests = List.copyOf(manifests);
            problems = List.copyOf(problems);
        }

        /// The resources, of which there is one at least. Fails when there is a mistake: everything
        /// is printed first.
        List<Resource> resources(Out out) throws CommandFailure {
            problems.forEach(problem -> out.problem(problem.text()));
            long mistakes = problems.stream().filter(problem -> !problem.warning()).count();
            if (mistakes > 0) {
                throw new CommandFailure(
                        Wording.count((int) mistakes, "mistake") + "; nothing was done", "", "");
            }
            if (manifests.isEmpty()) {
                throw new CommandFailure(
                        "nothing is declared",
                        "a file without a job or another resource is mostly the wrong one",
                        "write job \"name\" { … }, or in YAML kind: Job, or name another file");
            }
            return manifests.stream().map(Manifest::resource).toList();
        }
    }

    /// All resources of the files that `names` mean, in their order. Fails when one of them has a
    /// mistake: all mistakes are printed first.
    static List<Resource> read(List<String> names, Invocation invocation)
            throws IOException, CommandFailure {
        return checked(names, invocation).resources(invocation.out());
    }

    /// The same without the rules: what can be written down need not make sense.
    static List<Resource> bound(List<String> names, Invocation invocation)
            throws IOException, CommandFailure {
        return all(names, invocation, Manifested::read).resources(invocation.out());
    }

    /// What the files that `names` mean declare, and everything that is wrong with them.
    static Checked checked(List<String> names, Invocation invocation)
            throws IOException, CommandFailure {
        Checked all = all(names, invocation, Manifested::check);
        List<Problem> problems = new ArrayList<>(all.problems());
        problems.addAll(twice(all.manifests()));
        return new Checked(all.manifests(), problems);
    }

    /// What is declared once more: only the last one would stay.
    private static List<Problem> twice(List<Manifest> manifests) {
        var problems = new ArrayList<Problem>();
        var seen = new HashMap<String, Problem.Place>();
        for (Manifest manifest : manifests) {
            Resource resource = manifest.resource();
            Problem.Place place =
                    Problem.Place.of(
                            manifest.source(),
                            manifest.places().of(dev.drover.manifests.tree.Path.ROOT));
            String name = Rehearsal.name(resource);
            Problem.Place before = seen.put(resource.metadata().namespace() + " " + name, place);
            if (before != null) {
                problems.add(
                        new Problem(
                                Code.UNLIKELY,
                                Optional.of(place),
                                "%s is declared at %s:%d as well"
                                        .formatted(name, before.file(), before.position().line()),
                                "they are taken in this order, so the later one stays",
                                "give one of the two another name, or leave it out"));
            }
        }
        return problems;
    }

    private interface Reader {
        Read read(ManifestFiles.Text file, Inputs inputs);
    }

    private static Checked all(List<String> names, Invocation invocation, Reader reader)
            throws IOException, CommandFailure {
        For inputs = inputs(invocation);
        var manifests = new ArrayList<Manifest>();
        var problems = new ArrayList<Problem>();
        for (ManifestFiles.Text file : texts(names, invocation)) {
            switch (reader.read(file, inputs.of(file))) {
                case Read.Resources read -> {
                    problems.addAll(read.warnings());
                    manifests.addAll(read.manifests());
                }
                case Read.Problems read -> problems.addAll(read.problems());
            }
        }
        return new Checked(manifests, problems);
    }

    /// The texts of the files that `names` and the options mean.
    static List<ManifestFiles.Text> texts(List<String> names, Invocation invocation)
            throws IOException, CommandFailure {
        List<String> all = new ArrayList<>(names);
        all.addAll(invocation.texts(FILE));
        if (all.isEmpty()) {
            throw new CommandFailure("no manifest is named", "", "name a file, a folder, or -");
        }
        return ManifestFiles.read(all);
    }

    private static Read check(ManifestFiles.Text file, Inputs inputs) {
        Syntax syntax = Syntax.of(file.name(), file.text());
        return Manifests.check(file.text(), file.name(), syntax, inputs);
    }

    /// What one text declares, without the rules.
    static Read read(ManifestFiles.Text file, Inputs inputs) {
        Syntax syntax = Syntax.of(file.name(), file.text());
        return Manifests.read(file.text(), file.name(), syntax, inputs);
    }

    /// The same as Nomad's own parser has it.
    static Read readAsNomad(ManifestFiles.Text file, Inputs inputs) {
        Syntax syntax = Syntax.of(file.name(), file.text());
        return Manifests.readAsNomad(file.text(), file.name(), syntax, inputs);
    }

    /// What each manifest gets from outside: values for its variables, and the files of its folder.
    interface For {
        Inputs of(ManifestFiles.Text file);
    }

    /// What the manifests of an invocation get from outside.
    static For inputs(Invocation invocation) throws IOException, CommandFailure {
        Map<String, String> environment = environment(invocation.session().environment());
        List<Source> variableFiles = variableFiles(invocation.texts("--var-file"));
        Map<String, String> arguments = arguments(invocation.texts("--var"));
        List<Path> allowed = invocation.texts(ALLOW_PATH).stream().map(Path::of).toList();
        return file ->
                new Inputs(
                        environment,
                        variableFiles,
                        arguments,
                        new FolderFiles(file.folder(), allowed));
    }

    private static List<Source> variableFiles(List<String> names)
            throws IOException, CommandFailure {
        return ManifestFiles.read(names).stream()
                .map(file -> new Source(file.name(), file.text()))
                .toList();
    }

    private static Map<String, String> environment(Map<String, String> variables) {
        var values = new HashMap<String, String>();
        for (String prefix : PREFIXES) { // ours last: it wins
            variables.forEach((name, value) -> {
                if (name.startsWith(prefix)) {
                    values.put(name.substring(prefix.length()), value);
                }
            });
        }
        return values;
    }

    private static Map<String, String> arguments(List<String> pairs) throws CommandFailure {
        var values = new HashMap<String, String>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new CommandFailure(
                        "--var " + pair + " gives no value", "", "write --var NAME=VALUE");
            }
            values.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return values;
    }
}
