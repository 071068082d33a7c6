package dev.drover.store.durable;

import dev.drover.store.Revision;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// What a backup says it is: the last part of its file.
///
/// ```text
/// drover-store-backup 1
/// cluster 0f6a…
/// revision 4711
/// SHA-256 SIZE NAME          one line for each part, in their order
/// ```
///
/// @param cluster the store it was made of
/// @param revision everything up to it is in it, and nothing after it
public record BackupLabel(String cluster, Revision revision, List<Part> parts) {
    static final String NAME = "BACKUP";

    private static final String FORMAT = "drover-store-backup 1";

    /// A file of the store.
    ///
    /// @param sum SHA-256 in hexadecimal digits
    public record Part(String name, long size, String sum) {
        static Part copy(String name, InputStream from, OutputStream to) throws IOException {
            Summing in = new Summing(from);
            in.transferTo(to);
            return in.part(name);
        }

        private String line() {
            return sum + " " + size + " " + name;
        }
    }

    /// Takes a copy of the list.
    public BackupLabel {
        parts = List.copyOf(parts);
    }

    /// Bytes of all parts, unpacked.
    public long size() {
        return parts.stream().mapToLong(Part::size).sum();
    }

    byte[] bytes() {
        return String.join("\n", lines()).getBytes(StandardCharsets.UTF_8);
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(FORMAT);
        lines.add("cluster " + cluster);
        lines.add("revision " + revision);
        parts.forEach(part -> lines.add(part.line()));
        return lines;
    }

    /// Reads a label and compares it with what was read before it.
    ///
    /// @throws IOException when the parts are not those it names
    static BackupLabel read(InputStream in, List<Part> found) throws IOException {
        List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        if (lines.size() < 3 || !lines.getFirst().equals(FORMAT)) {
            throw new IOException("its label is not one that this program knows");
        }
        List<String> wanted = lines.subList(3, lines.size());
        for (int i = 0; i < Math.max(wanted.size(), found.size()); i++) {
            String is = i < found.size() ? found.get(i).line() : "nothing";
            String should = i < wanted.size() ? wanted.get(i) : "nothing";
            if (!is.equals(should)) {
                throw new IOException(
                        "its part %d is (%s) and should be (%s)".formatted(i + 1, is, should));
            }
        }
        return new BackupLabel(
                value(lines.get(1), "cluster "),
                Revision.parse(value(lines.get(2), "revision ")),
                found);
    }

    private static String value(String line, String name) throws IOException {
        if (!line.startsWith(name)) {
            throw new IOException("its label has no " + name.strip());
        }
        return line.substring(name.length());
    }

    /// Counts and sums what is read through it; closing it leaves the stream below open, which goes
    /// on with the next part.
    static final class Summing extends FilterInputStream { // to be read like any other stream
        private final MessageDigest digest;
        private long size;

        Summing(InputStream from) {
            this(from, sha256());
        }

        private Summing(InputStream from, MessageDigest digest) {
            super(new DigestInputStream(from, digest));
            this.digest = digest;
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            size += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            size += Math.max(0, count);
            return count;
        }

        @Override
        public void close() {}

        Part part(String name) {
            return new Part(name, size, HexFormat.of().formatHex(digest.digest()));
        }
    }
}
