package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Reply;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.wire.FileEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `drover fs cp ID PATH TO`: a file or folder of an allocation to this machine. Nothing here is
/// replaced, no link is followed on either side, and no name of the other side leaves `TO`: the
/// names are a task's.
final class FsCpCommand implements Command {
    /// Folders in folders: a task could make them without end.
    private static final int DEPTH_MAX = 64;

    @Override
    public CommandSpec spec() {
        return Options.client(
                        "fs cp",
                        "Copies a file or folder of an allocation to this machine.",
                        List.of(
                                "drover fs cp 1c4f9a02 web/local/site ./site",
                                "drover fs cp 1c4f9a02 alloc/data/dump.sql ."))
                .addPositional(Options.required(0, "ID", Lookup.ALLOCATION))
                .addPositional(Options.required(1, "PATH", "Beneath the allocation's folder."))
                .addPositional(Options.required(2, "TO", "Here; must not exist yet."));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Client client = invocation.client();
        Allocation allocation =
                new Lookup(client, invocation.namespace()).allocation(invocation.required(0));
        String path = invocation.required(1).replaceFirst("/+$", "");
        Path to = Path.of(invocation.required(2));
        if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            throw new CommandFailure(to + " is there already", "", "name what does not exist yet");
        }
        Copy copy = new Copy(client, allocation.name(), invocation.out());
        copy.copy(client.stat(allocation.name(), path), path, to, 0);
        return 0;
    }

    private record Copy(Client client, ResourceName allocation, Out out) {
        void copy(FileEntry entry, String path, Path to, int depth)
                throws IOException, CommandFailure {
            switch (entry.mode().charAt(0)) {
                case 'd' -> {
                    if (depth == DEPTH_MAX) {
                        throw new CommandFailure(path + " is too deep", "", "copy a part of it");
                    }
                    Files.createDirectory(to);
                    for (FileEntry inside : client.files(allocation, path)) {
                        copy(inside, path + "/" + inside.name(), child(to, inside), depth + 1);
                    }
                }
                case 'l' -> out.note(path + " is a link, and left out");
                default -> file(path, to);
            }
        }

        private void file(String path, Path to) throws IOException {
            // CREATE_NEW follows no link, and replaces nothing.
            try (Reply reply = client.file(allocation, path, 0);
                    OutputStream file = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW)) {
                reply.body().transferTo(file);
            }
        }

        private static Path child(Path folder, FileEntry entry) throws CommandFailure {
            String name = entry.name();
            if (name.isEmpty() || name.contains("/") || name.equals(".") || name.equals("..")) {
                throw new CommandFailure("\"" + name + "\" is no name of a file", "", "");
            }
            return folder.resolve(name);
        }
    }
}
