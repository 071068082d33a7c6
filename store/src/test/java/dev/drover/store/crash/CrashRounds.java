package dev.drover.store.crash;

import dev.drover.store.Change;
import dev.drover.store.Delivery;
import dev.drover.store.Prefix;
import dev.drover.store.Revision;
import dev.drover.store.Store;
import dev.drover.store.Watch;
import dev.drover.store.WatchRequest;
import dev.drover.store.durable.DurableStore;
import dev.drover.store.durable.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Rounds of load, kill, power loss and examination, all on one store.
///
/// `java … CrashRounds 200 [sync|no-sync] [seed]` runs as many; the test runs ten.
public final class CrashRounds {
    private final Path base;
    private final String mode;
    private Revision newest = Revision.NONE;

    CrashRounds(Path base, String mode) {
        this.base = base;
        this.mode = mode;
    }

    /// Prints a line for each round and each broken promise.
    ///
    /// @param args how many rounds, `sync` or `no-sync`, a seed
    public static void main(String[] args) throws IOException, InterruptedException {
        String mode = args.length > 1 ? args[1] : "sync";
        Random random = new Random(args.length > 2 ? Long.parseLong(args[2]) : 1);
        CrashRounds rounds = new CrashRounds(Files.createTempDirectory("crash"), mode);
        int broken = 0;
        for (int round = 0; round < Integer.parseInt(args[0]); round++) {
            List<String> found = rounds.round(round, 20 + random.nextInt(700));
            found.forEach(System.out::println);
            broken += found.size();
            System.out.printf("round %d: revision %s%n", round, rounds.newest);
        }
        System.out.println(broken + " broken promises");
    }

    /// Loads, kills, cuts and examines: the promises that were broken.
    List<String> round(int number, int millis) throws IOException, InterruptedException {
        Path folder = base.resolve("store");
        Path notes = Files.createDirectories(base.resolve("notes-" + number));
        kill(folder, notes, number, millis);
        List<String> synced = Notes.read(notes.resolve(Notes.SYNCED));
        LogFiles.cut(folder, synced.isEmpty() ? "" : synced.getLast());
        try (Store store = DurableStore.open(folder, Settings.standard(), InstantSource.system())) {
            return examine(store, notes);
        }
    }

    /// Loads until the store stops by itself, and examines what it left.
    ///
    /// @param under a command that starts the process: it makes the machine fail
    Stopped untilItStops(List<String> under) throws IOException, InterruptedException {
        Path folder = base.resolve("store");
        Path notes = Files.createDirectories(base.resolve("notes"));
        Path said = base.resolve("said");
        Process child = child(under, folder, notes, 0).redirectError(said.toFile()).start();
        boolean ended;
        try (BufferedReader out = child.inputReader()) {
            out.readLine();
            ended = child.waitFor(60, TimeUnit.SECONDS);
        } finally {
            child.descendants().forEach(ProcessHandle::destroyForcibly);
            child.destroyForcibly().waitFor();
        }
        List<String> synced = Notes.read(notes.resolve(Notes.SYNCED));
        LogFiles.cut(folder, synced.isEmpty() ? "" : synced.getLast());
        try (Store store = DurableStore.open(folder, Settings.standard(), InstantSource.system())) {
            return new Stopped(
                    ended ? child.exitValue() : -1,
                    Files.readString(said),
                    Notes.read(notes.resolve(Notes.ACKNOWLEDGED)).size(),
                    examine(store, notes));
        }
    }

    /// How a store ended.
    ///
    /// @param exit of its process; -1 when it did not end
    /// @param acknowledged how many writes it had acknowledged
    /// @param broken the promises it did not keep
    record Stopped(int exit, String said, int acknowledged, List<String> broken) {}

    private ProcessBuilder child(List<String> under, Path folder, Path notes, int number) {
        List<String> command = new ArrayList<>(under);
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashChild.class.getName(),
                        folder.toString(),
                        notes.toString(),
                        String.valueOf(number * 1_000L),
                        mode));
        return new ProcessBuilder(command);
    }

    private void kill(Path folder, Path notes, int number, int millis)
            throws IOException, InterruptedException {
        Process child =
                child(List.of(), folder, notes, number)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader out = child.inputReader()) {
            String first = out.readLine();
            if (!"ready".equals(first)) {
                throw new IllegalStateException("the child did not start: " + first);
            }
            child.waitFor(millis, TimeUnit.MILLISECONDS);
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    private List<String> examine(Store store, Path notes) throws IOException, InterruptedException {
        List<String> broken = new ArrayList<>();
        Revision now = store.revision();
        if (now.before(newest)) {
            broken.add("the revision went down from " + newest + " to " + now);
        }
        newest = now;
        Map<Revision, String> changes = changes(store);
        for (long at = store.compacted().number() + 1; at <= now.number(); at++) {
            if (!changes.containsKey(new Revision(at))) {
                broken.add("there is no revision " + at);
            }
        }
        for (String file : List.of(Notes.ACKNOWLEDGED, Notes.SEEN)) {
            for (String line : Notes.read(notes.resolve(file))) {
                compare(line, store, changes).ifPresent(what -> broken.add(file + ": " + what));
            }
        }
        if (!tooOld(store, store.compacted())) {
            broken.add("a watch from the compacted revision is not too old");
        }
        return broken;
    }

    private static Optional<String> compare(
            String line, Store store, Map<Revision, String> changes) {
        Revision revision = Revision.parse(line.substring(0, line.indexOf(' ')));
        String what = line.substring(line.indexOf(' ') + 1);
        if (what.startsWith("compacted")) {
            return store.compacted().before(revision)
                    ? Optional.of("compaction at " + revision + " is forgotten")
                    : Optional.empty();
        }
        if (!revision.after(store.compacted())) {
            return Optional.empty();
        }
        String found = changes.getOrDefault(revision, "nothing");
        return found.equals(what)
                ? Optional.empty()
                : Optional.of(revision + " was " + what + " and is " + found);
    }

    private static Map<Revision, String> changes(Store store) throws InterruptedException {
        Map<Revision, String> found = new TreeMap<>();
        Revision from = store.compacted().next();
        try (Watch watch = store.watch(WatchRequest.from(Prefix.EVERYTHING, from))) {
            while (watch.next(Duration.ZERO).orElse(null) instanceof Delivery.Frame frame) {
                found.putAll(
                        frame.changes().stream()
                                .collect(
                                        Collectors.toMap(
                                                Change::revision,
                                                c -> c.key() + " " + CrashChild.hash(c))));
            }
        }
        return found;
    }

    private static boolean tooOld(Store store, Revision compacted) throws InterruptedException {
        if (compacted.equals(Revision.NONE)) {
            return true;
        }
        try (Watch watch = store.watch(WatchRequest.from(Prefix.EVERYTHING, compacted))) {
            return watch.next(Duration.ZERO).orElse(null) instanceof Delivery.TooOld;
        }
    }
}
