package dev.drover.store.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// RocksDB's log files in a store's folder.
final class LogFiles {
    private LogFiles() {}

    private static List<Path> of(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".log")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// `000012.log=4711 …`
    static String lengths(Path folder) {
        return of(folder).stream()
                .map(f -> f.getFileName() + "=" + f.toFile().length())
                .collect(Collectors.joining(" "));
    }

    /// What the loss of power leaves at worst: of the newest log no more than the last completed
    /// sync covered. RocksDB itself syncs a log before it begins another one.
    static void cut(Path folder, String lengths) {
        Map<String, Long> kept =
                Stream.of(lengths.split(" "))
                        .filter(word -> word.contains("="))
                        .collect(
                                Collectors.toMap(
                                        word -> word.substring(0, word.indexOf('=')),
                                        word ->
                                                Long.parseLong(
                                                        word.substring(word.indexOf('=') + 1))));
        Path newest = of(folder).getLast();
        long length = kept.getOrDefault(newest.getFileName().toString(), 0L);
        try (FileChannel file = FileChannel.open(newest, StandardOpenOption.WRITE)) {
            file.truncate(length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
