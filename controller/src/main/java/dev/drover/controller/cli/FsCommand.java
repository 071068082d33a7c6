package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Reply;
import dev.drover.controller.client.Type;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.wire.FileEntry;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `drover fs ID [PATH]`: what is in an allocation's folder: names of a folder, bytes of a file.
final class FsCommand implements Command {
    private static final String ROOT = "/";

    @Override
    public CommandSpec spec() {
        return Options.client(
                        "fs",
                        "Lists a folder of an allocation, or prints a file of it.",
                        List.of("drover fs 1c4f9a02", "drover fs 1c4f9a02 web/local/index.html"))
                .addPositional(Options.required(0, "ID", "An allocation's id, or its beginning."))
                .addPositional(
                        Options.optional(
                                1, "PATH", "Beneath the allocation's folder (default: /)."));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Client client = invocation.client();
        Allocation allocation =
                new Lookup(client, invocation.namespace())
                        .one(Type.ALLOCATIONS, invocation.required(0));
        String path = invocation.parameter(1).orElse(ROOT);
        if (folder(client, allocation.name(), path)) {
            invocation.out().table(table(client.files(allocation.name(), path)));
        } else {
            try (Reply reply = client.file(allocation.name(), path)) {
                invocation.out().bytes(reply.body());
            }
        }
        return 0;
    }

    /// The entry in the folder above says what a path is.
    private static boolean folder(Client client, ResourceName allocation, String path)
            throws IOException {
        String plain = path.replaceFirst("/+$", "");
        if (plain.isEmpty() || !plain.equals(path)) {
            return true;
        }
        int slash = plain.lastIndexOf('/');
        String above = slash < 1 ? ROOT : plain.substring(0, slash);
        Optional<FileEntry> entry =
                client.files(allocation, above).stream()
                        .filter(e -> e.name().equals(plain.substring(slash + 1)))
                        .findFirst();
        return entry.map(FileEntry::directory).orElse(false);
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
