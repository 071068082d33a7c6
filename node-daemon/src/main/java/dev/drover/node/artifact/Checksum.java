package dev.drover.node.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the bytes of a file must add up to: `sha256:` and hex digits.
record Checksum(String algorithm, String hex) {

    /// By what jobs write; the number of hex digits tells them apart, too.
    private static final Map<String, String> ALGORITHMS =
            Map.of("md5", "MD5", "sha1", "SHA-1", "sha256", "SHA-256", "sha512", "SHA-512");

    private static final Map<String, Integer> DIGITS =
            Map.of("md5", 32, "sha1", 40, "sha256", 64, "sha512", 128);

    private static final int BUFFER_BYTES = 64 << 10;

    /// The checksum of the form `type:hex`, or empty when it is none.
    static Optional<Checksum> parse(String text) {
        int colon = text.indexOf(':');
        String type = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        String hex = text.substring(colon + 1).strip().toLowerCase(Locale.ROOT);
        boolean good =
                ALGORITHMS.containsKey(type) && hex.matches("[0-9a-f]{" + DIGITS.get(type) + "}");
        return good ? Optional.of(new Checksum(type, hex)) : Optional.empty();
    }

    /// GNU's `hex name` and `hex *name`, BSD's `SHA256 (name) = hex`, and a digest alone.
    private static final Pattern GNU = Pattern.compile("([0-9a-fA-F]{32,128})(?: [ *](.+))?");

    private static final Pattern BSD = Pattern.compile("\\w+ \\((.+)\\) = ([0-9a-fA-F]{32,128})");

    /// The checksum that a checksum file has for a name; empty when there is none.
    static Optional<Checksum> listed(String text, String name) {
        for (String line : text.lines().map(String::strip).toList()) {
            Matcher gnu = GNU.matcher(line);
            Matcher bsd = BSD.matcher(line);
            if (gnu.matches() && named(gnu.group(2), name)) {
                return byDigits(gnu.group(1));
            }
            if (bsd.matches() && named(bsd.group(1), name)) {
                return byDigits(bsd.group(2));
            }
        }
        return Optional.empty();
    }

    private static boolean named(@Nullable String listed, String name) {
        return listed == null || listed.substring(listed.lastIndexOf('/') + 1).equals(name);
    }

    private static Optional<Checksum> byDigits(String hex) {
        return DIGITS.entrySet().stream()
                .filter(type -> type.getValue() == hex.length())
                .findFirst()
                .map(type -> new Checksum(type.getKey(), hex.toLowerCase(Locale.ROOT)));
    }

    /// What the file adds up to instead, or empty when it is what it must be.
    Optional<Checksum> mismatch(Path file) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            while (in.read(buffer) >= 0) {
                // reading feeds the digest
            }
        }
        Checksum actual = new Checksum(algorithm, HexFormat.of().formatHex(digest.digest()));
        return actual.equals(this) ? Optional.empty() : Optional.of(actual);
    }

    private MessageDigest digest() {
        try {
            return MessageDigest.getInstance(ALGORITHMS.getOrDefault(algorithm, algorithm));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }
}
