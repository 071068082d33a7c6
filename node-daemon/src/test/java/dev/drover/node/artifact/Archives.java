package dev.drover.node.artifact;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;

/// Archives for tests, good ones and ones that nobody's tool would make.
final class Archives {

    interface Entries {
        void write(Tar tar) throws IOException;
    }

    /// A tar in the making; names are written as they are, also when they are evil.
    record Tar(TarArchiveOutputStream out) {

        Tar file(String name, String text) throws IOException {
            return file(name, text, 0644);
        }

        Tar file(String name, String text, int mode) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_NORMAL, true);
            entry.setMode(mode);
            entry.setSize(bytes.length);
            out.putArchiveEntry(entry);
            out.write(bytes);
            out.closeArchiveEntry();
            return this;
        }

        Tar directory(String name) throws IOException {
            return special(name + "/", TarConstants.LF_DIR, "");
        }

        Tar link(String name, String target) throws IOException {
            return special(name, TarConstants.LF_SYMLINK, target);
        }

        Tar hardLink(String name, String target) throws IOException {
            return special(name, TarConstants.LF_LINK, target);
        }

        Tar special(String name, byte type, String target) throws IOException {
            TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
            entry.setMode(0755);
            entry.setLinkName(target);
            out.putArchiveEntry(entry);
            out.closeArchiveEntry();
            return this;
        }
    }

    private Archives() {}

    static byte[] tar(Entries entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes, "UTF-8")) {
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            entries.write(new Tar(out));
        }
        return bytes.toByteArray();
    }

    static byte[] tarGz(Entries entries) throws IOException {
        return gzip(tar(entries));
    }

    static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GzipCompressorOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    static byte[] bzip2(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new BZip2CompressorOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    static byte[] xz(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new XZCompressorOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    static byte[] zip(String name, String text, int unixMode) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(bytes)) {
            ZipArchiveEntry entry = new ZipArchiveEntry(name);
            entry.setUnixMode(unixMode);
            out.putArchiveEntry(entry);
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }
}
