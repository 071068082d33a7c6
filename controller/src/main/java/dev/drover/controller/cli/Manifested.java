package dev.drover.controller.cli;

import dev.drover.manifests.Manifests;
import dev.drover.manifests.Read;
import dev.drover.manifests.Syntax;
import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.tree.Problem;
import dev.drover.manifests.tree.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/// Reads the manifests that an invocation names, or says everything that is wrong with them.
final class Manifested {
    private static final List<String> PREFIXES = List.of("NOMAD_VAR_", "DROVER_VAR_");

    private Manifested() {}

    /// Adds the options that give values to a manifest's variables.
    static CommandSpec options(CommandSpec spec) {
        return spec.addOption(
                        Options.texts(
                                "NAME=VALUE", "Gives a variable of the file a value.", "--var"))
                .addOption(
                        Options.texts(
                                "FILE", "Gives variables the values of a file.", "--var-file"));
    }

    /// All resources of the files that `names` mean, in their order. Fails when one of them has a
    /// mistake: all mistakes are printed first.
    static List<Resource> read(List<String> names, Invocation invocation)
            throws IOException, CommandFailure {
        Inputs inputs = inputs(invocation);
        var resources = new ArrayList<Resource>();
        int mistakes = 0;
        for (ManifestFiles.Text file : ManifestFiles.read(names)) {
            switch (check(file, inputs)) {
                case Read.Resources read -> {
                    print(read.warnings(), invocation.out());
                    read.manifests().forEach(manifest -> resources.add(manifest.resource()));
                }
                case Read.Problems read -> {
                    print(read.problems(), invocation.out());
                    mistakes += (int) read.problems().stream().filter(p -> !p.warning()).count();
                }
            }
        }
        if (mistakes > 0) {
            throw new CommandFailure(
                    Wording.count(mistakes, "mistake") + "; nothing was done", "", "");
        }
        return List.copyOf(resources);
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

    /// What variables get from outside.
    static Inputs inputs(Invocation invocation) throws IOException, CommandFailure {
        return new Inputs(
                environment(invocation.session().environment()),
                variableFiles(invocation.texts("--var-file")),
                arguments(invocation.texts("--var")),
                Inputs.none().files());
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

    private static void print(List<Problem> problems, Out out) {
        problems.forEach(problem -> out.problem(problem.text()));
    }
}
