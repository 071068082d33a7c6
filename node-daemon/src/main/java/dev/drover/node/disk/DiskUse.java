package dev.drover.node.disk;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The bytes of the files in an allocation's folders, by folder: `alloc/data`, `web/local`. Links
/// count nothing, and what goes away meanwhile is not counted; a file with holes counts as if it
/// had none.
record DiskUse(SortedMap<String, Long> byFolder) {
    /// An allocation's own folders are two names deep: what is beneath them is the task's affair.
    private static final int DEPTH = 2;

    /// Takes a copy.
    DiskUse {
        byFolder = Collections.unmodifiableSortedMap(new TreeMap<>(byFolder));
    }

    static DiskUse of(Path home) throws IOException {
        SortedMap<String, Long> bytes = new TreeMap<>();
        Files.walkFileTree(
                home,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (attributes.isRegularFile()) {
                            bytes.merge(
                                    folder(home.relativize(file)), attributes.size(), Long::sum);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException gone) {
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path folder, IOException gone) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        return new DiskUse(bytes);
    }

    private static String folder(Path file) {
        int names = Math.min(DEPTH, file.getNameCount() - 1);
        return names == 0 ? "" : file.subpath(0, names).toString();
    }

    long bytes() {
        return byFolder.values().stream().mapToLong(Long::longValue).sum();
    }

    /// The folder that holds most; empty when there is nothing.
    String largest() {
        return byFolder.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("");
    }
}
