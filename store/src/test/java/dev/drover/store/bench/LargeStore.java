package dev.drover.store.bench;

import dev.drover.store.durable.DurableStore;
import dev.drover.store.durable.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;

/// Opens a large store in a process of its own and says what that took: seconds, MiB of heap after
/// a collection, MiB of the whole process.
final class LargeStore {
    private LargeStore() {}

    /// Prints the three numbers.
    ///
    /// @param args the folder, and how many keys are in it
    public static void main(String[] args) throws IOException {
        Settings settings = Settings.standard().onDisk(Set.of("jobs"));
        double before = WatchRows.usedMib();
        long begin = System.nanoTime();
        try (DurableStore store =
                DurableStore.open(Path.of(args[0]), settings, InstantSource.system())) {
            double seconds = (System.nanoTime() - begin) / 1e9;
            double resident = residentMib();
            if (store.stats().sizes().keys() != Integer.parseInt(args[1])) {
                throw new IllegalStateException("not all of them");
            }
            System.out.println(seconds + " " + (WatchRows.usedMib() - before) + " " + resident);
        }
    }

    /// 0 where there is no Linux.
    private static double residentMib() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0)
                .sum();
    }
}
