package dev.drover.manifests.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// A resource within its kind. Cluster-scoped resources have an empty namespace. Both parts are the
/// plain form that people type, never the escaped one of keys and URLs.
///
/// @param namespace empty for cluster-scoped kinds
/// @param name never empty
public record ResourceName(String namespace, String name) implements Comparable<ResourceName> {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /// The name of a cluster-scoped resource.
    public static ResourceName cluster(String name) {
        return new ResourceName("", name);
    }

    /// The form of keys and URLs: letters, digits, `.`, `_` and `-` stay, any other byte of the
    /// UTF-8 is `~` and two hexadecimal digits. One to one: [#unescape(String)] is its inverse.
    public static String escape(String plain) {
        if (staysAsItIs(plain)) {
            return plain;
        }
        StringBuilder escaped = new StringBuilder(plain.length());
        for (byte b : plain.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(b)) {
                escaped.append((char) b);
            } else {
                escaped.append('~').append(HEX.toHexDigits(b));
            }
        }
        return escaped.toString();
    }

    /// The form people type.
    ///
    /// @throws IllegalArgumentException when `escaped` is not what [#escape(String)] makes
    public static String unescape(String escaped) {
        if (staysAsItIs(escaped)) {
            return escaped;
        }
        ByteArrayOutputStream plain = new ByteArrayOutputStream(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            if (escaped.charAt(i) != '~') {
                plain.write(escaped.charAt(i));
            } else if (i + 2 < escaped.length()) {
                plain.write(HexFormat.fromHexDigits(escaped, i + 1, i + 3));
                i += 2;
            }
        }
        String name = plain.toString(StandardCharsets.UTF_8);
        if (!escape(name).equals(escaped)) {
            throw new IllegalArgumentException("not an escaped name: " + escaped);
        }
        return name;
    }

    /// As nearly every name does.
    private static boolean staysAsItIs(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isPlain(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '-';
    }

    @Override
    public int compareTo(ResourceName other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
