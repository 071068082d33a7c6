package dev.drover.store.rocks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.jar.JarEntry;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/// RocksDB's native code: unpacked beside the data once, and used from there by every later start.
///
/// RocksDB's own way is a new file of 17 MB in the temporary folder at each start, which stays
/// there when the process is killed.
///
/// ```text
/// native/CHECKSUM-SIZE/librocksdbjni-linux64.so     the sums are those of the entry in the jar
/// ```
final class NativeLibrary {
    private NativeLibrary() {}

    /// Loads it, if this process has not done so.
    ///
    /// @param folder where the data is
    /// @throws UnsatisfiedLinkError when it can be loaded neither from there nor from the temporary
    ///   folder
    static void load(Path folder) throws IOException {
        URL packed = RocksDB.class.getResource("/" + packedName());
        if (packed == null || !(packed.openConnection() instanceof JarURLConnection jar)) {
            RocksDB.loadLibrary(); // a jar of another build: it knows best what it has
            return;
        }
        JarEntry entry = jar.getJarEntry();
        Path home = folder.resolve("native");
        Path place = home.resolve("%08x-%d".formatted(entry.getCrc(), entry.getSize()));
        Path file = place.resolve(Environment.getJniLibraryFileName("rocksdbjni"));
        boolean whole = Files.exists(file) && checksum(file) == entry.getCrc();
        if (!whole && loadedFrom(home.resolve("nowhere"))) {
            return; // another store of this process has brought it
        }
        if (!whole) {
            delete(home); // what another version left, or half a file
            unpack(packed, file);
        }
        if (!loadedFrom(place)) {
            RocksDB.loadLibrary(); // the data may be where nothing may be executed
        }
    }

    private static String packedName() {
        return Environment.getJniLibraryFileName("rocksdb");
    }

    /// Whether it is loaded afterwards: from this folder, or before from anywhere.
    private static boolean loadedFrom(Path place) {
        try {
            RocksDB.loadLibrary(List.of(place.toAbsolutePath().toString()));
            return true;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }

    /// Under its name only when it is whole and on disk.
    private static void unpack(URL packed, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Path unfinished = file.resolveSibling("unfinished-" + UUID.randomUUID());
        try (InputStream in = packed.openStream()) {
            Files.copy(in, unfinished);
        }
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static long checksum(Path file) throws IOException {
        CRC32 sum = new CRC32();
        try (InputStream in =
                new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file)), sum)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return sum.getValue();
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
