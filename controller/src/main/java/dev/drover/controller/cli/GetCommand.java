package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Where;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Resource;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/// `drover get KIND [NAME]`: resources of any kind, as the server has them.
final class GetCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.shows(
                        "get",
                        "Lists resources of any kind, or shows one as the server has it.",
                        List.of(
                                "drover get jobs",
                                "drover get job web -o yaml",
                                "drover get job web --at 10m"))
                .addPositional(Options.required(0, "KIND", "A kind: job, alloc, node, eval, …"))
                .addPositional(Options.optional(1, "NAME", "A name, or its beginning."))
                .addOption(
                        Moment.option(
                                "As it was at a revision, a time, or so long ago (10m, 2h30m)."))
                .addOption(Options.flag("In all namespaces.", "-A", "--all-namespaces"));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Kind kind = kind(invocation.required(0));
        Client client = client(invocation);
        Optional<String> name = invocation.parameter(1);
        if (name.isPresent()) {
            one(client, kind, name.get(), invocation);
            return 0;
        }
        boolean everywhere = !kind.namespaced() || invocation.flag("--all-namespaces");
        String namespace = everywhere ? "" : invocation.namespace();
        List<? extends Resource> all = client.list(Type.of(kind), namespace, Where.ANY).items();
        if (!Documents.print(all, invocation)) {
            table(all, kind, invocation);
        }
        return 0;
    }

    private static Client client(Invocation invocation) throws CommandFailure {
        Optional<String> moment = invocation.text("--at");
        return moment.isPresent()
                ? invocation.client().at(Moment.read(moment.get(), invocation.now()))
                : invocation.client();
    }

    /// The kind that people call by this word.
    static Kind kind(String word) throws CommandFailure {
        Optional<Kind> kind = Kind.of(word).or(() -> Kind.of(word.replaceFirst("s$", "")));
        if (kind.isPresent()) {
            return kind.get();
        }
        String known =
                Arrays.stream(Kind.values()).map(Kind::plural).collect(Collectors.joining(", "));
        throw new CommandFailure(
                "there is no kind \"" + word + "\"", "known are " + known, "use one of these");
    }

    private static void one(Client client, Kind kind, String name, Invocation invocation)
            throws IOException, CommandFailure {
        Resource resource = new Lookup(client, invocation.namespace()).one(Type.of(kind), name);
        if (!Documents.print(resource, invocation)) {
            table(List.of(resource), kind, invocation);
        }
    }

    private static void table(List<? extends Resource> all, Kind kind, Invocation invocation) {
        if (all.isEmpty()) {
            invocation.out().line("No " + kind.plural());
            return;
        }
        List<List<String>> rows =
                all.stream()
                        .map(Resource::metadata)
                        .map(m ->
                                List.of(
                                        m.namespace().isEmpty() ? Fields.NONE : m.namespace(),
                                        m.name(),
                                        m.resourceVersion().orElse(""),
                                        Times.ago(m.creationTimestamp(), invocation.now())))
                        .toList();
        invocation
                .out()
                .table(new Table(List.of("Namespace", "Name", "Revision", "Created"), rows));
    }
}
