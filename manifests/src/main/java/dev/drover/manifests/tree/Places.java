package dev.drover.manifests.tree;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// Where the fields of one resource were written.
public final class Places {

    private final Map<String, Place> byKey = new HashMap<>();
    private final Map<String, String> strangers = new TreeMap<>();
    private final Position start;

    private record Place(Position position, String title) {}

    /// `start` is where the resource begins.
    public Places(Position start) {
        this.start = start;
    }

    /// Notes where a field was written.
    public void put(Path path, Position position) {
        byKey.put(path.key(), new Place(position, path.title()));
    }

    /// Notes a word that its field does not know, and that was kept out of the record for it.
    public void stranger(Path path, String word) {
        strangers.put(path.key(), word);
    }

    /// The words that fields do not know, by their fields' keys.
    public Map<String, String> strangers() {
        return Collections.unmodifiableMap(strangers);
    }

    /// Where a field was written, or the nearest thing around it.
    public Position of(Path path) {
        String key = path.key();
        while (!key.isEmpty()) {
            Place place = byKey.get(key);
            if (place != null) {
                return place.position();
            }
            key =
                    key.endsWith("]")
                            ? key.substring(0, key.lastIndexOf('['))
                            : key.substring(0, Math.max(0, key.lastIndexOf('.')));
        }
        return start;
    }

    /// What people call the field: by the names that they wrote, where it was written.
    public String title(Path path) {
        Place place = byKey.get(path.key());
        return place == null ? path.title() : place.title();
    }
}
