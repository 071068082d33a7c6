package dev.drover.store.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Measures the durable store: `make bench WHAT=store`. One row a line: name, value, unit, bar, ok
/// or short.
///
/// Both sides of a comparison run on the same disk, in turns; the middle one of five counts.
public final class StoreBench {
    private StoreBench() {}

    /// Prints the rows.
    ///
    /// @param args the folder to work in, a temporary one when missing; then which rows, all when
    ///   missing
    public static void main(String[] args) throws IOException {
        Path base =
                args.length > 0
                        ? Files.createTempDirectory(Path.of(args[0]), "bench")
                        : Files.createTempDirectory("bench");
        List<String> wanted = List.of(args).subList(Math.min(1, args.length), args.length);
        Desk.remark(
                "%s %s, %d cores, %d MiB of heap"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.arch"),
                                Runtime.getRuntime().availableProcessors(),
                                Runtime.getRuntime().maxMemory() >> 20));
        try {
            for (Section section : sections(new Desk(base))) {
                if (wanted.isEmpty() || wanted.contains(section.name())) {
                    section.rows().run();
                }
            }
        } finally {
            Desk.delete(base);
        }
    }

    private record Section(String name, Runnable rows) {}

    private static List<Section> sections(Desk desk) {
        WriteRows writes = new WriteRows(desk);
        ReadRows reads = new ReadRows(desk);
        WatchRows watches = new WatchRows(desk);
        LifeRows life = new LifeRows(desk);
        return List.of(
                new Section("writers", writes::writers),
                new Section("batches", writes::batches),
                new Section("lists", reads::lists),
                new Section("deliveries", watches::deliveries),
                new Section("backlog", watches::backlog),
                new Section("one-to-many", watches::oneToMany),
                new Section("slow-watch", watches::slow),
                new Section("compacting", life::compacting),
                new Section("open", life::open));
    }
}
