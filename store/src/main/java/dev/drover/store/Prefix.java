package dev.drover.store;

/// Which keys: everything, a type, a type in a namespace, or exactly one key.
///
/// A prefix ends at a slash or is a whole key, so `/jobs/default/web` never covers
/// `/jobs/default/web2`.
public record Prefix(String text) {
    /// Every key there is.
    public static final Prefix EVERYTHING = new Prefix("/");

    /// @throws IllegalArgumentException when the text neither ends at a slash nor is a whole key
    public Prefix {
        boolean folder = text.startsWith("/") && text.endsWith("/") && Key.printable(text);
        if (!folder || text.length() > Key.MAX_LENGTH) {
            text = new Key(text).text();
        }
    }

    /// All objects of a type.
    public static Prefix ofType(String type) {
        return new Prefix("/" + type + "/");
    }

    /// The objects of a type in one namespace; the empty namespace holds those of the cluster.
    public static Prefix in(String type, String namespace) {
        return new Prefix("/" + type + "/" + namespace + "/");
    }

    /// One key and nothing else.
    public static Prefix exactly(Key key) {
        return new Prefix(key.text());
    }

    /// Whether this names one key only.
    public boolean single() {
        return !text.endsWith("/");
    }

    /// Whether `key` belongs to it.
    public boolean covers(Key key) {
        return covers(key.text());
    }

    /// Whether the key with this text belongs to it.
    public boolean covers(String key) {
        return single() ? key.equals(text) : key.startsWith(text);
    }

    /// Whether the key with this text is where this prefix begins or behind that place.
    public boolean isNotBehind(String key) {
        return text.compareTo(key) <= 0;
    }

    /// Whether some key could belong to both.
    public boolean overlaps(Prefix other) {
        if (single() && other.single()) {
            return text.equals(other.text);
        }
        return single()
                ? text.startsWith(other.text)
                : other.text.startsWith(text) || (!other.single() && text.startsWith(other.text));
    }

    @Override
    public String toString() {
        return text;
    }
}
