package dev.drover.node.artifact;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// Reads an archive and hands each entry to a [Tree], which decides where it may go.
final class Unpacking {

    /// What `xz -9` needs to unpack, and no more.
    private static final int XZ_MEMORY_KIB = 80 << 10;

    private static final int LINK_BYTES_MAX = 4096;
    private static final int FILE_MODE = 0644;
    private static final int DIRECTORY_MODE = 0755;

    private Unpacking() {}

    /// All entries of the archive.
    static void unpack(Path archive, Packing packing, Packing.Wrapping wrapping, Tree tree)
            throws IOException {
        try {
            switch (wrapping) {
                case TAR -> tar(archive, packing.compression(), tree);
                case ZIP -> zip(archive, tree);
            }
        } catch (FetchFailure failure) {
            throw failure;
        } catch (IOException
                | IllegalArgumentException e) { // the library says both of broken archives
            throw new FetchFailure("not a whole archive: " + e.getMessage());
        }
        tree.finish();
    }

    /// The one file that is compressed, as it was.
    static InputStream decompressed(Path file, Packing.Compression compression) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        return switch (compression) {
            case NONE -> in;
            case GZIP ->
                    GzipCompressorInputStream.builder()
                            .setInputStream(in)
                            .setDecompressConcatenated(true)
                            .get();
            case BZIP2 -> new BZip2CompressorInputStream(in, true);
            case XZ ->
                    XZCompressorInputStream.builder()
                            .setInputStream(in)
                            .setDecompressConcatenated(true)
                            .setMemoryLimitKiB(XZ_MEMORY_KIB)
                            .get();
            case ZSTD -> new Unzstd.Checked(in);
        };
    }

    private static void tar(Path archive, Packing.Compression compression, Tree tree)
            throws IOException {
        try (TarArchiveInputStream in =
                new TarArchiveInputStream(
                        decompressed(archive, compression), StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry entry = in.getNextEntry();
                    entry != null;
                    entry = in.getNextEntry()) {
                String name = entry.getName();
                if (entry.isGlobalPaxHeader()) {
                    continue;
                }
                if (entry.isSymbolicLink()) {
                    tree.symbolicLink(name, entry.getLinkName());
                } else if (entry.isLink()) {
                    tree.hardLink(name, entry.getLinkName());
                } else if (entry.isDirectory()) {
                    tree.directory(name, entry.getMode());
                } else if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
                    throw new FetchFailure(
                            "entry \""
                                    + name.replaceAll("\\p{Cntrl}", "?")
                                    + "\" is a device or a pipe");
                } else {
                    tree.file(name, entry.getMode(), in);
                }
            }
        }
    }

    private static void zip(Path archive, Tree tree) throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                int mode = entry.getUnixMode();
                try (InputStream content = zip.getInputStream(entry)) {
                    if (entry.isUnixSymlink()) {
                        tree.symbolicLink(
                                entry.getName(),
                                new String(
                                        content.readNBytes(LINK_BYTES_MAX),
                                        StandardCharsets.UTF_8));
                    } else if (entry.isDirectory()) {
                        tree.directory(entry.getName(), mode == 0 ? DIRECTORY_MODE : mode);
                    } else {
                        tree.file(entry.getName(), mode == 0 ? FILE_MODE : mode, content);
                    }
                }
            }
        }
    }
}
