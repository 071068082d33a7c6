package dev.drover.store;

/// Where an entry lives: `/type/namespace/name`, with an empty namespace for what belongs to the
/// whole cluster.
///
/// Only printable ASCII, so that the order of texts is the order of bytes on disk and no key holds
/// a NUL. Names with other characters arrive here escaped.
public record Key(String text) implements Comparable<Key> {
    /// A type of 63, namespace and name of 253 characters each, and three slashes.
    public static final int MAX_LENGTH = 63 + 253 + 253 + 3;

    /// @throws IllegalArgumentException when the text is not such a key
    public Key {
        if (!valid(text)) {
            throw new IllegalArgumentException(
                    "not a key of the form /type/namespace/name: " + text);
        }
    }

    /// The key of the object `name` of `type` in `namespace`, each in its escaped form.
    ///
    /// @throws IllegalArgumentException when a part holds a slash or the type or name is empty
    public static Key of(String type, String namespace, String name) {
        return new Key("/" + type + "/" + namespace + "/" + name);
    }

    /// The key of an object of the whole cluster.
    public static Key ofCluster(String type, String name) {
        return of(type, "", name);
    }

    /// `jobs`, `allocations`, …
    public String type() {
        return text.substring(1, text.indexOf('/', 1));
    }

    /// Whether it is a key of that type.
    public boolean isOf(String type) {
        return text.startsWith(type, 1) && text.charAt(1 + type.length()) == '/';
    }

    /// Empty for what belongs to the whole cluster.
    public String namespace() {
        return text.substring(text.indexOf('/', 1) + 1, text.lastIndexOf('/'));
    }

    /// The escaped name.
    public String name() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    @Override
    public int compareTo(Key other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }

    private static boolean valid(String text) {
        if (text.length() > MAX_LENGTH || !text.startsWith("/") || !printable(text)) {
            return false;
        }
        int second = text.indexOf('/', 1);
        int third = text.indexOf('/', second + 1);
        return second > 1
                && third > second
                && text.indexOf('/', third + 1) < 0
                && third < text.length() - 1;
    }

    static boolean printable(String text) {
        for (int i = 0; i < text.length(); i++) { // no stream: every key of every write comes here
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                return false;
            }
        }
        return true;
    }
}
