package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Where;
import dev.drover.manifests.Manifest;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.tree.Problem;
import dev.drover.manifests.validate.ClusterRules;
import dev.drover.manifests.validate.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `drover validate FILE…`: says what is wrong with manifests, without a server; and with
/// `--address` also what the cluster there lacks for them.
final class ValidateCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Manifested.options(
                Options.command(
                                "validate",
                                "Says what is wrong with manifests; needs no server.",
                                List.of(
                                        "drover validate web.hcl",
                                        "drover validate -o json cluster/",
                                        "drover validate --address 127.0.0.1:4646 web.hcl"))
                        .addOption(
                                Options.text(
                                        "HOST:PORT",
                                        "Also asks the server there what the cluster lacks.",
                                        "--address"))
                        .addOption(
                                Options.text(
                                        "FORMAT",
                                        "text (the default), or json for editors.",
                                        "-o",
                                        "--output"))
                        .addPositional(Options.any("FILE", "A manifest, a folder of them, or -.")));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        boolean json = json(invocation);
        Manifested.Checked checked = Manifested.checked(invocation.parameters(), invocation);
        List<Problem> problems = new ArrayList<>(checked.problems());
        if (invocation.text("--address").isPresent()) {
            problems.addAll(lacking(checked.manifests(), invocation.client()));
            problems.sort(Problem.BY_PLACE);
        }
        if (json) {
            invocation.out().data(ProblemList.json(checked.manifests().size(), problems));
            return problems.stream().allMatch(Problem::warning) ? 0 : 1;
        }
        List<Resource> resources =
                new Manifested.Checked(checked.manifests(), problems).resources(invocation.out());
        invocation.out().line("valid: " + Wording.count(resources.size(), "resource"));
        return 0;
    }

    private static boolean json(Invocation invocation) throws CommandFailure {
        Optional<String> format = invocation.text("--output");
        if (format.isPresent() && !List.of("text", "json").contains(format.get())) {
            throw new CommandFailure(
                    "unknown output format '" + format.get() + "'", "", "use text or json");
        }
        return format.equals(Optional.of("json"));
    }

    private static List<Problem> lacking(List<Manifest> manifests, Client client)
            throws IOException {
        List<String> namespaces = new ArrayList<>();
        client.list(Type.of(Kind.NAMESPACE), "", Where.ANY)
                .items()
                .forEach(namespace -> namespaces.add(namespace.metadata().name()));
        manifests.stream() // those that the same files bring are as good as there
                .map(Manifest::resource)
                .filter(resource -> resource.kind() == Kind.NAMESPACE)
                .forEach(namespace -> namespaces.add(namespace.metadata().name()));
        ClusterRules.Known known =
                ClusterRules.Known.of(namespaces, client.list(Type.NODES, "", Where.ANY).items());
        List<Problem> problems = new ArrayList<>();
        for (Manifest manifest : manifests) {
            Report report = Report.of(manifest.source(), manifest.places());
            problems.addAll(ClusterRules.check(manifest.resource(), known, report));
        }
        return problems;
    }
}
