package dev.drover.store.crash;

import dev.drover.store.Bytes;
import dev.drover.store.Change;
import dev.drover.store.Commit;
import dev.drover.store.Delivery;
import dev.drover.store.Key;
import dev.drover.store.Op;
import dev.drover.store.Prefix;
import dev.drover.store.Revision;
import dev.drover.store.Store;
import dev.drover.store.Txn;
import dev.drover.store.Watch;
import dev.drover.store.WatchRequest;
import dev.drover.store.durable.DurableStore;
import dev.drover.store.durable.Settings;
import dev.drover.store.log.Halt;
import dev.drover.store.log.LocalLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;

/// The process that is killed: writes as fast as it can, and notes beside the store what it was
/// told.
///
/// Three notes, each a line at a time: what each sync covered, what was acknowledged, what a watch
/// has seen.
public final class CrashChild {
    private final Store store;
    private final Notes acknowledged;
    private final Notes seen;
    private final long seed;

    private CrashChild(Store store, Path notes, long seed) throws IOException {
        this.store = store;
        this.acknowledged = new Notes(notes.resolve(Notes.ACKNOWLEDGED));
        this.seen = new Notes(notes.resolve(Notes.SEEN));
        this.seed = seed;
    }

    /// Runs until it is killed.
    ///
    /// @param args the store's folder, the notes' folder, a seed, and `sync` or `no-sync`
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args[0]);
        Path notes = Path.of(args[1]);
        Notes synced = new Notes(notes.resolve(Notes.SYNCED));
        boolean syncing = args[3].equals("sync");
        Store store =
                DurableStore.open(
                        folder,
                        Settings.standard(),
                        InstantSource.system(),
                        (machine, sync, pace) ->
                                new LocalLog(
                                        machine,
                                        () -> {
                                            if (syncing) {
                                                sync.run();
                                                // Only a sync has the file take what was written.
                                                synced.line(LogFiles.lengths(folder));
                                            }
                                        },
                                        CrashChild::stop,
                                        pace));
        CrashChild child = new CrashChild(store, notes, Long.parseLong(args[2]));
        Revision newest = store.revision();
        Thread.ofPlatform().start(() -> child.watch(newest.next()));
        for (int writer = 0; writer < 4; writer++) {
            int number = writer;
            Thread.ofPlatform().start(() -> child.write(number));
        }
        System.out.println("ready");
        Thread.currentThread().join();
    }

    /// As the product does, but said without a log: tests have none.
    private static void stop(String why, RuntimeException cause) {
        System.err.println("stopping at once: " + why + ": " + cause.getMessage());
        Halt.process().now(why, cause);
    }

    private void write(int writer) {
        Random random = new Random(seed + writer);
        for (long i = 0; ; i++) {
            Key key = Key.of("jobs", "w" + writer, "j" + random.nextInt(50));
            if (random.nextInt(400) == 0) {
                compact(random);
            } else if (random.nextInt(5) == 0) {
                note(store.commit(Txn.always(new Op.Delete(key))), key + " deleted");
            } else {
                String value = seed + "-" + i + "-" + "x".repeat(random.nextInt(900));
                Bytes bytes = Bytes.utf8(value);
                note(store.commit(Txn.put(key, bytes)), key + " " + bytes.hashCode());
            }
        }
    }

    private void note(Commit commit, String what) {
        if (commit instanceof Commit.Done(Commit.Effect effect)
                && effect.written() + effect.deleted() > 0) {
            acknowledged.line(effect.revision() + " " + what);
        }
    }

    private void compact(Random random) {
        long newest = store.revision().number();
        long oldest = store.compacted().number();
        Revision to = new Revision(oldest + random.nextLong(newest - oldest + 1));
        store.compact(to);
        acknowledged.line(to + " compacted -");
    }

    private void watch(Revision from) {
        try (Watch watch = store.watch(WatchRequest.from(Prefix.EVERYTHING, from))) {
            while (true) {
                if (watch.next(Duration.ofSeconds(1)).orElse(null)
                        instanceof Delivery.Frame frame) {
                    frame.changes().forEach(this::seen);
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void seen(Change change) {
        seen.line(change.revision() + " " + change.key() + " " + hash(change));
    }

    static String hash(Change change) {
        return change.current()
                .map(entry -> String.valueOf(entry.value().hashCode()))
                .orElse("deleted");
    }
}
