package dev.drover.controller.upkeep;

import dev.drover.controller.cli.Cli;
import dev.drover.controller.cli.Command;
import dev.drover.controller.cli.CommandFailure;
import dev.drover.controller.cli.Invocation;
import dev.drover.controller.cli.Options;
import dev.drover.controller.client.Reply;
import dev.drover.store.durable.Backup;
import dev.drover.store.durable.BackupLabel;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/// `drover store backup FILE`: everything a running server remembers, as of one revision.
///
/// The file appears under its name when it is whole, on disk and has been read again; what was
/// there before is left alone until then.
final class BackupCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Options.client(
                        "store backup",
                        "Writes everything a running server remembers into a file of mode 0600.",
                        List.of(
                                "drover store backup drover.backup",
                                "drover store backup --address 10.0.0.5:4646 /srv/backup/drover"))
                .addPositional(Options.required(0, "FILE", "Where to; secrets are in it, too."));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Path file = Path.of(invocation.required(0)).toAbsolutePath();
        if (Files.isDirectory(file) || !Files.isDirectory(file.resolveSibling("."))) {
            throw new CommandFailure(
                    file + " cannot be written",
                    Files.isDirectory(file) ? "it is a folder" : "its folder is not there",
                    "name a file in a folder that is there");
        }
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try (Reply reply = invocation.client().backupStore()) {
            Files.deleteIfExists(unfinished);
            write(reply.body(), unfinished);
            BackupLabel label = Backup.verify(unfinished);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            invocation
                    .out()
                    .line(
                            "%s holds cluster %s at revision %s: %d parts, %d bytes, all sums right"
                                    .formatted(
                                            file,
                                            label.cluster(),
                                            label.revision(),
                                            label.parts().size(),
                                            Files.size(file)));
            return 0;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static void write(InputStream from, Path file) throws IOException, CommandFailure {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            from.transferTo(Channels.newOutputStream(channel));
            channel.force(true);
        } catch (EOFException | SocketException | SocketTimeoutException cut) {
            throw cut; // the server's end of it: no fault of this disk
        } catch (IOException e) {
            throw new CommandFailure(
                    "the backup could not be written to " + file.getParent(),
                    Cli.said(e),
                    e instanceof FileSystemException
                            ? "name a file where you may write"
                            : "make room there or name a file on another disk; nothing was left"
                                    + " behind");
        }
    }
}
