package dev.drover.manifests.tree;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Where the fields of one resource were written.
public final class Places {

    /// Sorted by key when somebody asks: nobody does as long as nothing is wrong.
    private final List<Place> noted = new ArrayList<>();

    private final Map<String, Place> byKey = new HashMap<>();
    private final Map<String, String> strangers = new TreeMap<>();
    private final Position start;

    private record Place(Path path, Position position) {}

    /// `start` is where the resource begins.
    public Places(Position start) {
        this.start = start;
    }

    /// Notes where a field was written.
    public void put(Path path, Position position) {
        noted.add(new Place(path, position));
    }

    /// Notes a word that its field does not know, and that was kept out of the record for it.
    public void stranger(Path path, String word) {
        strangers.put(path.key(), word);
    }

    /// The words that fields do not know, by their fields' keys.
    public Map<String, String> strangers() {
        return Collections.unmodifiableMap(strangers);
    }

    /// Whether a field was written.
    public boolean has(Path path) {
        return places().containsKey(path.key());
    }

    /// Where a field was written, or the nearest thing around it.
    public Position of(Path path) {
        Map<String, Place> places = places();
        String key = path.key();
        while (!key.isEmpty()) {
            Place place = places.get(key);
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
        Place place = places().get(path.key());
        return place == null ? path.title() : place.path().title();
    }

    private Map<String, Place> places() {
        noted.forEach(place -> byKey.put(place.path().key(), place));
        noted.clear();
        return byKey;
    }
}
