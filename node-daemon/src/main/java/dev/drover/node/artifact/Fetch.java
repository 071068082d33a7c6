package dev.drover.node.artifact;

import dev.drover.node.os.Unprivileged;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// The child process that fetches one artifact: its plan comes on standard input, its reports go to
/// standard output, and its working directory is an empty folder to which it adds `tree`. It knows
/// no secret but the headers of its plan.
public final class Fetch {

    /// What the daemon moves from the working directory.
    static final String TREE = "tree";

    /// What was downloaded. It stays there for the daemon's cache when its checksum says what it
    /// is, and the daemon puts it there when it has it.
    static final String PACKED = "download";

    /// A line is some hundred bytes; ten thousand files have one.
    private static final long SUMS_BYTES_MAX = 1 << 20;

    private static final int PLAN_LINES_MAX = 200;

    private final FetchPlan plan;
    private final Path folder;
    private final InstantSource clock;

    private Fetch(FetchPlan plan, Path folder, InstantSource clock) {
        this.plan = plan;
        this.folder = folder;
        this.clock = clock;
    }

    /// Fetches, as the user with the id that the argument names, if there is one. Exit status 0
    /// when all is there.
    ///
    /// @param arguments the id of an unprivileged user, or nothing
    public static void main(String[] arguments) {
        // A name is resolved once in the life of this process: the address that is checked is the
        // one that is dialled.
        Security.setProperty("networkaddress.cache.ttl", "-1");
        try (PrintStream out =
                new PrintStream(
                        new java.io.FileOutputStream(java.io.FileDescriptor.out),
                        true,
                        StandardCharsets.UTF_8)) {
            System.exit(run(arguments, System.in, report -> out.println(report.line())));
        }
    }

    private static int run(String[] arguments, InputStream in, Consumer<Report> reports) {
        try (HttpClient client =
                Download.client().build()) { // before it becomes nobody: it loads libraries
            if (arguments.length > 0) {
                Unprivileged.become(Integer.parseInt(arguments[0]));
            }
            FetchPlan plan = FetchPlan.of(lines(in));
            reports.accept(
                    new Fetch(plan, Path.of(""), InstantSource.system()).fetch(client, reports));
            return 0;
        } catch (IOException | IllegalArgumentException e) {
            reports.accept(new Report.Failed(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            reports.accept(new Report.Failed("interrupted"));
        } catch (OutOfMemoryError e) {
            reports.accept(
                    new Report.Failed(
                            "unpacking takes more memory than the fetching process may have"));
        }
        return 1;
    }

    private static List<String> lines(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = reader.readLine();
                line != null && lines.size() < PLAN_LINES_MAX;
                line = reader.readLine()) {
            if (line.equals("end=")) {
                return lines;
            }
            lines.add(line);
        }
        throw new IOException("the plan has no end");
    }

    private Report fetch(HttpClient client, Consumer<Report> reports)
            throws IOException, InterruptedException {
        if (plan.way() instanceof FetchPlan.Way.Git git) {
            return new GitFetch(plan, git, reports, clock).into(folder);
        }
        Path packed = folder.resolve(PACKED);
        Download download =
                new Download(
                        plan,
                        client,
                        time -> LockSupport.parkNanos(time.toNanos()),
                        reports,
                        clock);
        Optional<Checksum> wanted = wanted(download);
        if (!given(packed, wanted)) {
            download.into(packed);
            verify(packed, wanted);
        }
        long bytes = Files.size(packed);
        int files = place(packed, bytes);
        if (plan.identity().isEmpty()) {
            Files.deleteIfExists(packed);
        }
        return new Report.Done(bytes, files);
    }

    /// Whether the daemon has put it there, from its cache, and it is what it must be.
    private static boolean given(Path packed, Optional<Checksum> wanted) throws IOException {
        if (Files.exists(packed) && wanted.isPresent() && wanted.get().mismatch(packed).isEmpty()) {
            return true;
        }
        Files.deleteIfExists(packed); // it belongs to the daemon: only the folder is ours
        return false;
    }

    private Optional<Checksum> wanted(Download download) throws IOException, InterruptedException {
        if (plan.proof().isEmpty()) {
            return Optional.empty();
        }
        return switch (plan.proof().get()) {
            case FetchPlan.Proof.Sum(Checksum sum) -> Optional.of(sum);
            case FetchPlan.Proof.Listed(URI file) -> Optional.of(listed(file, download));
        };
    }

    private Checksum listed(URI file, Download download) throws IOException, InterruptedException {
        Path sums = folder.resolve("sums");
        try {
            if (download.into(sums, file) > SUMS_BYTES_MAX) {
                throw new FetchFailure("the checksum file " + file + " is larger than 1 MiB");
            }
            return Checksum.listed(Files.readString(sums), plan.basename())
                    .orElseThrow(() ->
                            new FetchFailure(
                                    "the checksum file "
                                            + file
                                            + " has no line for "
                                            + plan.basename()));
        } catch (CharacterCodingException e) {
            throw new FetchFailure("the checksum file " + file + " is no text");
        } finally {
            Files.deleteIfExists(sums);
        }
    }

    private static void verify(Path packed, Optional<Checksum> wanted) throws IOException {
        if (wanted.isPresent()) {
            Optional<Checksum> actual = wanted.get().mismatch(packed);
            if (actual.isPresent()) {
                throw new FetchFailure(
                        "checksums did not match: expected "
                                + wanted.get()
                                + ", got "
                                + actual.get());
            }
        }
    }

    /// Unpacks or moves what was downloaded to where it belongs in the tree; how many files that
    /// makes.
    private int place(Path packed, long bytes) throws IOException {
        FetchPlan.Place place = plan.place();
        Optional<Packing> packing = place.unpack() ? plan.packing() : Optional.empty();
        Path target = folder.resolve(TREE).resolve(plan.target());
        Budget budget = new Budget(plan.limits(), bytes, clock);
        if (packing.isEmpty() || packing.get().many().isEmpty()) {
            if (place.mode() == Mode.DIR) {
                throw new FetchFailure(
                        "mode = \"dir\" wants an archive, and "
                                + plan.basename()
                                + " is none; say archive = \"tar.gz\" or the like in options if its name does not tell");
            }
            Path file =
                    place.mode() == Mode.FILE
                            ? target
                            : target.resolve(
                                    place.filename().orElse(Packing.unpackedName(plan.basename())));
            single(packed, packing, file, budget);
            return 1;
        }
        Unpacking.unpack(
                packed,
                packing.get(),
                packing.get().many().get(),
                new Tree(place.mode() == Mode.FILE ? folder.resolve("single") : target, budget));
        if (place.mode() == Mode.FILE) {
            onlyFile(folder.resolve("single"), target);
        }
        return budget.entries();
    }

    private static void single(Path packed, Optional<Packing> packing, Path file, Budget budget)
            throws IOException {
        Path parent = file.getParent();
        Tree tree = new Tree(parent == null ? Path.of("") : parent, budget);
        if (packing.isEmpty()) {
            Files.copy(packed, file);
            return;
        }
        try (InputStream content = Unpacking.decompressed(packed, packing.get().compression())) {
            tree.file(String.valueOf(file.getFileName()), 0644, content);
        }
    }

    /// `mode = "file"` and an archive: it must hold one file.
    private static void onlyFile(Path unpacked, Path target) throws IOException {
        try (var walk = Files.walk(unpacked)) {
            List<Path> files = walk.filter(Files::isRegularFile).toList();
            if (files.size() != 1) {
                throw new FetchFailure(
                        "mode = \"file\" wants an archive of one file, and this one holds "
                                + files.size());
            }
            Path parent = target.getParent();
            if (parent != null) {
                Tree.folders(parent);
            }
            Files.move(files.getFirst(), target);
        }
    }
}
