package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Reply;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.wire.FileEntry;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `drover fs [ls|stat|cat|tail] ID [PATH]`: what is in an allocation's folder. Without a word: the
/// names of a folder, the bytes of a file.
final class FsCommand implements Command {
    /// What is to be seen.
    enum Sight {
        /// Names or bytes, by what the path is.
        EITHER("fs", "Lists a folder of an allocation, or prints a file of it."),
        NAMES("fs ls", "Lists a folder of an allocation."),
        ENTRY("fs stat", "Shows what a file or folder of an allocation is."),
        BYTES("fs cat", "Prints a file of an allocation."),
        END("fs tail", "Prints the last lines or bytes of a file of an allocation.");

        private final String name;
        private final String summary;

        Sight(String name, String summary) {
            this.name = name;
            this.summary = summary;
        }
    }

    private static final String ROOT = "/";
    private static final long TAIL_BYTES = 2_000;

    private final Sight sight;

    FsCommand(Sight sight) {
        this.sight = sight;
    }

    @Override
    public CommandSpec spec() {
        String example =
                sight == Sight.NAMES || sight == Sight.EITHER ? "" : " alloc/data/index.html";
        CommandSpec spec =
                Options.client(
                                sight.name,
                                sight.summary,
                                List.of(
                                        "drover " + sight.name + " 1c4f9a02" + example,
                                        "drover " + sight.name + " 1c4f9a02 web/local/index.html"))
                        .addPositional(Options.required(0, "ID", Lookup.ALLOCATION))
                        .addPositional(
                                Options.optional(
                                        1,
                                        "PATH",
                                        "Beneath the allocation's folder (default: /)."));
        return sight == Sight.END
                ? spec.addOption(
                                Options.flag(
                                        "Goes on until the allocation has ended.",
                                        "-f",
                                        "--follow"))
                        .addOption(
                                Options.text(
                                        "N", "So many bytes (default: 2000).", "-c", "--bytes"))
                        .addOption(
                                Options.text(
                                        "N",
                                        "So many lines; -n means them where a number follows.",
                                        "--lines"))
                : spec;
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Client client = invocation.client();
        String namespace =
                counted(invocation).isPresent()
                        ? Metadata.DEFAULT_NAMESPACE
                        : invocation.namespace();
        Allocation allocation = new Lookup(client, namespace).allocation(invocation.required(0));
        ResourceName name = allocation.name();
        String path = invocation.parameter(1).orElse(ROOT);
        Out out = invocation.out();
        switch (sight) {
            case EITHER -> {
                if (client.stat(name, path).directory()) {
                    out.table(table(client.files(name, path)));
                } else {
                    print(client.file(name, path, 0), out);
                }
            }
            case NAMES -> out.table(table(client.files(name, path)));
            case ENTRY -> out.table(table(List.of(client.stat(name, path))));
            case BYTES -> print(client.file(name, path, 0), out);
            case END -> {
                long from = from(client, name, path, invocation);
                boolean follow = invocation.flag("--follow");
                print(
                        follow ? client.followed(name, path, from) : client.file(name, path, from),
                        out);
            }
        }
        return 0;
    }

    /// The number after `-n`: people who know tail(1) mean lines by it. An allocation is found by
    /// its id in every namespace, so nobody has to name one.
    private Optional<Long> counted(Invocation invocation) {
        return invocation
                .text("--namespace")
                .filter(number -> sight == Sight.END && number.matches("[0-9]{1,18}"))
                .map(Long::valueOf);
    }

    private long from(Client client, ResourceName name, String path, Invocation invocation)
            throws IOException, CommandFailure {
        Optional<Long> bytes = LogsCommand.number(invocation, "--bytes");
        Optional<Long> lines =
                LogsCommand.number(invocation, "--lines").or(() -> counted(invocation));
        long size = client.stat(name, path).size();
        return lines.isPresent() && bytes.isEmpty()
                ? LastLines.begin(client, name, path, size, lines.get())
                : Math.max(0, size - bytes.orElse(TAIL_BYTES));
    }

    private static void print(Reply answer, Out out) throws IOException {
        try (Reply reply = answer) {
            out.bytes(reply.body());
        }
    }

    private static Table table(List<FileEntry> entries) {
        return new Table(
                List.of("Mode", "Size", "Modified Time", "Name"),
                entries.stream()
                        .sorted(Comparator.comparing(FileEntry::name))
                        .map(e ->
                                List.of(
                                        e.mode(),
                                        Sizes.of(e.size()),
                                        Times.stamp(e.modified()),
                                        e.name() + (e.directory() ? "/" : "")))
                        .toList());
    }
}
