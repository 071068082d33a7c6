package dev.drover.controller.upkeep;

import dev.drover.controller.cli.Command;
import dev.drover.controller.cli.CommandFailure;
import dev.drover.controller.cli.Invocation;
import dev.drover.controller.cli.Options;
import dev.drover.controller.cli.Out;
import dev.drover.controller.server.DataFolder;
import dev.drover.store.durable.Examination;
import dev.drover.store.rocks.Examiner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `drover store check --data-dir DIR`: looks at every byte of a stopped server's store.
final class CheckCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Options.command(
                        "store check",
                        "Looks at every byte of a stopped server's store; changes nothing.",
                        List.of(
                                "drover store check --data-dir /var/lib/drover/server",
                                "drover store check --data-dir /srv/drover"))
                .addOption(
                        Options.text(
                                "DIR", "The folder the server is started with.", "--data-dir"));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Path data = Folders.data(invocation);
        Path store = Folders.store(data);
        if (!Files.isDirectory(store)) {
            throw new CommandFailure(
                    "there is no store in " + data,
                    "",
                    "name the folder that the server is started with");
        }
        try (DataFolder folder = DataFolder.take(data)) {
            Examination found = Examination.of(Folders.store(folder.path()));
            return say(found, store, invocation.out());
        }
    }

    private static int say(Examination found, Path store, Out out) {
        Examiner.Counts counts = found.counts();
        out.line(
                "%s: cluster %s, revisions %s to %s"
                        .formatted(
                                store,
                                found.cluster().isEmpty() ? "unknown" : found.cluster(),
                                found.compacted(),
                                found.newest()));
        out.line(
                "  read %d tables, %d keys, %d versions, %d changes"
                        .formatted(
                                counts.files(),
                                counts.keys(),
                                counts.versions(),
                                counts.changes()));
        if (found.damage().isEmpty()) {
            out.line("  everything is as it was written");
            return 0;
        }
        out.error(
                "%d places are damaged".formatted(found.damage().size()),
                "the disk is failing, or something else has written into this folder",
                "keep a copy of this folder, look at the disk, and restore the newest backup:"
                        + " drover store restore FILE --data-dir NEW");
        found.damage().forEach(damage -> out.line("  " + damage.where() + ": " + first(damage)));
        return 1;
    }

    private static String first(Examiner.Damage damage) {
        return List.of(damage.how().split("\n")).getFirst();
    }
}
