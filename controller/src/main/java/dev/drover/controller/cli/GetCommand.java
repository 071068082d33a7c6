package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.ServerTable;
import dev.drover.controller.client.TableRow;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Where;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Resource;
import java.io.IOException;
import java.util.ArrayList;
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
                                "drover get allocs -o wide",
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
        String namespace = invocation.flag("--all-namespaces") ? "" : invocation.namespace();
        if (invocation.format().table()) {
            show(client.table(kind, namespace), kind, invocation);
        } else {
            Documents.print(client.list(Type.of(kind), namespace, Where.ANY).items(), invocation);
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
            show(client.table(kind, resource.name()), kind, invocation);
        }
    }

    /// As kubectl shows it: the server knows the columns, `-o wide` shows all of them.
    private static void show(ServerTable table, Kind kind, Invocation invocation)
            throws CommandFailure {
        if (table.rows().isEmpty()) {
            invocation.out().line("No " + kind.plural());
            return;
        }
        boolean wide = invocation.format() == Format.WIDE;
        List<String> columns =
                table.columns().stream()
                        .filter(column -> wide || column.priority() == 0)
                        .map(ServerTable.Column::name)
                        .toList();
        boolean spaces = table.rows().stream().anyMatch(row -> !row.namespace().isEmpty());
        List<String> header = new ArrayList<>(spaces ? List.of("Namespace") : List.of());
        header.addAll(columns);
        List<List<String>> rows = new ArrayList<>();
        for (TableRow row : table.rows()) {
            List<String> cells = new ArrayList<>(spaces ? List.of(row.namespace()) : List.of());
            columns.forEach(column -> cells.add(row.cell(column)));
            rows.add(cells);
        }
        invocation.out().table(new Table(header, rows));
    }
}
