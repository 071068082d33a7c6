package dev.drover.node.supervision;

import dev.drover.manifests.model.Exit;
import dev.drover.node.os.Fifo;
import dev.drover.node.os.ProcessIdentity;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;

/// What one run of a task leaves behind, in a folder that nobody but us can enter:
///
/// ```text
///  launch           script that becomes the program, or     written by the daemon, before
///                   empty: the program says who it is
///  stdout stderr    FIFOs from the task to its loggers
///  shim             who supervises: pid, start time, boot   written once: it is the claim
///  abandoned        what becomes `shim`, or `task`, by a daemon that gives the run up
///  task             who the task is                         before anything of it runs
///  logger           who moves the output into the log files
///  logging          locked by whoever does
///  drained          there when the last byte is in them
///  first.stdout …   the number of the first of them that is this run's
///  stdout.N.times … when what came into log file N: second, size before
///  exit             the exit code, 128 + n for signal n     complete with its line's end
/// ```
final class RunFolder {
    private static final String ABANDONED = "abandoned\n";
    private static final int SIGNAL_BASE = 128;
    private static final int SIGNALS_MAX = 64;

    private final Path path;

    RunFolder(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /// Prepares everything that the supervisor needs to find.
    void create(Launch launch) throws IOException {
        Files.createDirectories(
                path,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (Stream stream : Stream.values()) {
            if (!Files.exists(fifo(stream))) {
                Fifo.create(fifo(stream));
            }
        }
        Files.writeString(path.resolve("launch"), launch.script());
    }

    /// Gives the run up for good; false when a supervisor has been faster. Afterwards one that was
    /// still on its way finds the claim taken and starts nothing.
    boolean abandon() throws IOException {
        Files.createDirectories(path);
        return abandoned("shim");
    }

    /// Keeps the task from beginning once its supervisor is gone, who may have left a child on the
    /// way to it; false when that has been faster, and has begun or is about to.
    boolean abandonTask() throws IOException {
        return abandoned("task");
    }

    /// Takes the name that whoever is on the way must take, unless that has been faster.
    private boolean abandoned(String name) throws IOException {
        Path taken = path.resolve(name);
        if (!Files.exists(taken)) {
            try {
                take(taken);
                return true;
            } catch (FileAlreadyExistsException faster) {
                // Whoever it was has said so.
            }
        }
        return Files.readString(taken).equals(ABANDONED);
    }

    /// With its content at once: of one that is empty no later daemon could tell whose it is.
    private void take(Path name) throws IOException {
        Path whole = path.resolve("abandoned");
        try {
            Files.writeString(whole, ABANDONED);
        } catch (IOException full) {
            Files.createFile(name); // that it is there is enough
            return;
        }
        Files.createLink(name, whole);
    }

    /// Takes back the claim of a supervising process that has ended without a task, as on a full
    /// disk, where it cannot say who it is. Whether it has.
    boolean takeBack() throws IOException {
        boolean nameless = claimedByNobody();
        if (nameless) {
            Files.delete(path.resolve("shim"));
        }
        return nameless;
    }

    /// Whether nobody has said whose the claim is.
    boolean claimedByNobody() throws IOException {
        return Files.exists(path.resolve("shim")) && whole("shim").isEmpty();
    }

    Optional<ProcessIdentity> shim() throws IOException {
        return identity("shim");
    }

    Optional<ProcessIdentity> task() throws IOException {
        return identity("task");
    }

    Optional<ProcessIdentity> logger() throws IOException {
        return identity("logger");
    }

    /// How the run ended, once it has.
    Optional<Exit> exit() throws IOException {
        return whole("exit").map(RunFolder::exit);
    }

    private static Exit exit(String code) {
        try {
            int number = Integer.parseInt(code.strip());
            // A shell says 137 both for `exit 137` and for a kill: see Supervised, which may know.
            return number > SIGNAL_BASE && number <= SIGNAL_BASE + SIGNALS_MAX
                    ? new Exit.Signal(number - SIGNAL_BASE)
                    : new Exit.Code(number);
        } catch (NumberFormatException torn) {
            return new Exit.Unseen("what was written down as its exit code is none");
        }
    }

    /// When the exit was written down.
    Instant exitTime() throws IOException {
        return Files.getLastModifiedTime(path.resolve("exit")).toInstant();
    }

    boolean drained() {
        return Files.exists(path.resolve("drained"));
    }

    Optional<Integer> firstLog(Stream stream) throws IOException {
        return read("first." + stream.label())
                .filter(text -> text.matches("\\d{6}\n"))
                .map(text -> Integer.valueOf(text.strip()));
    }

    Path fifo(Stream stream) {
        return path.resolve(stream.label());
    }

    /// Removes what is of no use after the end: the pipes, and the script with its secrets.
    void tidy() throws IOException {
        for (Stream stream : Stream.values()) {
            Files.deleteIfExists(fifo(stream));
        }
        Files.deleteIfExists(path.resolve("launch")); // last: see tidied
    }

    /// Whether everything about this run was done before.
    boolean tidied() {
        return !Files.exists(path.resolve("launch"));
    }

    private Optional<ProcessIdentity> identity(String file) throws IOException {
        return whole(file).flatMap(ProcessIdentity::parse);
    }

    /// Written in one piece; without its line's end it is not whole yet.
    private Optional<String> whole(String file) throws IOException {
        return read(file).filter(text -> text.endsWith("\n"));
    }

    private Optional<String> read(String file) throws IOException {
        try {
            return Optional.of(Files.readString(path.resolve(file)));
        } catch (NoSuchFileException notYet) {
            return Optional.empty();
        }
    }
}
