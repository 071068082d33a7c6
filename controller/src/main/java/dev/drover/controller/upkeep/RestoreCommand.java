package dev.drover.controller.upkeep;

import dev.drover.controller.cli.Command;
import dev.drover.controller.cli.CommandFailure;
import dev.drover.controller.cli.Invocation;
import dev.drover.controller.cli.Options;
import dev.drover.controller.server.DataFolder;
import dev.drover.store.durable.Backup;
import dev.drover.store.durable.BackupLabel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/// `drover store restore FILE --data-dir DIR`: a server's folder made of a backup.
final class RestoreCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Options.command(
                        "store restore",
                        "Makes a server's data folder of a backup: the same entries, a new cluster id.",
                        List.of(
                                "drover store restore drover.backup --data-dir /srv/drover",
                                "drover server --data-dir /srv/drover"))
                .addOption(Options.text("DIR", "An empty folder, or one to be made.", "--data-dir"))
                .addPositional(Options.required(0, "FILE", "What `drover store backup` wrote."));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Path data = Folders.data(invocation);
        Path file = Path.of(invocation.required(0));
        if (!Files.isRegularFile(file)) {
            throw new CommandFailure("there is no file " + file, "", "name a backup");
        }
        refuseUsed(data);
        Backup.verify(file); // before anything is made: what is refused leaves no folder
        try (DataFolder folder = DataFolder.take(data)) {
            refuseUsed(folder.path());
            BackupLabel label = Backup.restore(file, Folders.store(data));
            invocation
                    .out()
                    .line(
                            "%s holds what cluster %s held at revision %s, as a cluster of its own"
                                    .formatted(data, label.cluster(), label.revision()));
            invocation
                    .out()
                    .line("Revisions go on far above: clients of the old cluster list anew");
        }
        return 0;
    }

    private static void refuseUsed(Path data) throws IOException, CommandFailure {
        if (!Files.exists(data)) {
            return;
        }
        try (Stream<Path> files = Files.list(data)) {
            List<String> found =
                    files.map(f -> f.getFileName().toString())
                            .filter(name -> !name.equals(DataFolder.LOCK))
                            .sorted()
                            .toList();
            if (!found.isEmpty()) {
                throw new CommandFailure(
                        data + " is not empty",
                        "it holds " + String.join(", ", found),
                        "name a new folder, or move it away");
            }
        }
    }
}
