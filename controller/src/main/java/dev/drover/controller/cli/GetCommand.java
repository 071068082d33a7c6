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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/// `drover get KIND [NAME]`: resources of any kind, as the server has them.
final class GetCommand implements Command {
    private static final String NAMESPACE = "Namespace";
    private static final String NAME = "Name";

    @Override
    public CommandSpec spec() {
        return Options.shows(
                        "get",
                        "Lists resources of any kind, or shows one as the server has it.",
                        List.of(
                                "drover get jobs",
                                "drover get allocs -o wide",
                                "drover get nodes --watch",
                                "drover get services --watch",
                                "drover get job web -o yaml",
                                "drover get job/web -o yaml",
                                "drover get job web --at 10m"))
                .addPositional(Options.required(0, "KIND", "A kind: job, alloc, node, eval, …"))
                .addPositional(Options.optional(1, "NAME", "A name, or its beginning."))
                .addOption(
                        Moment.option(
                                "As it was at a revision, a time, or so long ago (10m, 2h30m)."))
                .addOption(Options.flag("In all namespaces.", "-A", "--all-namespaces"))
                .addOption(Options.flag("Goes on with what changes.", "-w", "--watch"));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        if (ServiceTable.meant(invocation.required(0))) {
            ServiceTable.show(invocation);
            return 0;
        }
        KindName typed = KindName.of(invocation);
        Kind kind = kind(typed.kind());
        Client client = client(invocation);
        if (typed.name().isPresent()) {
            one(client, kind, typed.name().get(), invocation);
            return 0;
        }
        String namespace = invocation.flag("--all-namespaces") ? "" : invocation.namespace();
        if (invocation.format().table()) {
            table(client, kind, namespace, row -> true, invocation);
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
                "there is no kind \"" + word + "\"",
                "known are " + known + ", services",
                "use one of these");
    }

    private static void one(Client client, Kind kind, String name, Invocation invocation)
            throws IOException, CommandFailure {
        Resource resource = new Lookup(client, invocation.namespace()).one(Type.of(kind), name);
        if (!Documents.print(resource, invocation)) {
            String whole = resource.metadata().name();
            String namespace = resource.metadata().namespace();
            table(client, kind, namespace, row -> row.cell(NAME).equals(whole), invocation);
        }
    }

    /// As kubectl shows it: the server knows the columns, `-o wide` shows all of them.
    private static void table(
            Client client,
            Kind kind,
            String namespace,
            Predicate<TableRow> wanted,
            Invocation invocation)
            throws IOException, CommandFailure {
        ServerTable all = client.table(kind, namespace);
        boolean wide = invocation.format() == Format.WIDE;
        List<String> columns = new ArrayList<>();
        if (kind.namespaced() && namespace.isEmpty()) {
            columns.add(NAMESPACE);
        }
        all.columns().stream()
                .filter(column -> wide || column.priority() == 0)
                .forEach(column -> columns.add(column.name()));
        List<List<String>> rows =
                all.rows().stream().filter(wanted).map(row -> cells(row, columns)).toList();
        var shown = new Table(columns, rows);
        if (rows.isEmpty() && !invocation.flag("--watch")) {
            invocation.out().line("No " + kind.plural());
        } else {
            invocation.out().table(shown);
        }
        if (invocation.flag("--watch")) {
            new WatchedTable(
                            client,
                            new WatchedTable.Of(kind, namespace),
                            wanted,
                            shown,
                            row -> cells(row, columns))
                    .follow(all, invocation.out());
        }
    }

    private static List<String> cells(TableRow row, List<String> columns) {
        return columns.stream()
                .map(column -> column.equals(NAMESPACE) ? row.namespace() : row.cell(column))
                .toList();
    }
}
