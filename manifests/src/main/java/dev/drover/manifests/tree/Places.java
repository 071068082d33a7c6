package dev.drover.manifests.tree;

import java.util.HashMap;
import java.util.Map;

/// Where the fields of one resource were written.
public final class Places {

    private final Map<String, Position> byKey = new HashMap<>();
    private final Position start;

    /// `start` is where the resource begins.
    public Places(Position start) {
        this.start = start;
    }

    /// Notes where a field was written.
    public void put(Path path, Position position) {
        byKey.put(path.key(), position);
    }

    /// Where a field was written, or the nearest thing around it.
    public Position of(Path path) {
        String key = path.key();
        while (!key.isEmpty()) {
            Position position = byKey.get(key);
            if (position != null) {
                return position;
            }
            key =
                    key.endsWith("]")
                            ? key.substring(0, key.lastIndexOf('['))
                            : key.substring(0, Math.max(0, key.lastIndexOf('.')));
        }
        return start;
    }
}
