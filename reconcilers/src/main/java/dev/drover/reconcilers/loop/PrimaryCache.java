package dev.drover.reconcilers.loop;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The primaries that an informer has told of. Without indexes: the store has them.
final class PrimaryCache<P extends HasMetadata> implements Cache<P> {
    private final Map<String, P> primaries = new ConcurrentHashMap<>();

    /// Answers the one that it replaces.
    Optional<P> put(P primary) {
        return Optional.ofNullable(primaries.put(getKey(primary), primary));
    }

    void remove(P primary) {
        primaries.remove(getKey(primary));
    }

    @Override
    public List<P> list() {
        return new ArrayList<>(primaries.values());
    }

    @Override
    public List<String> listKeys() {
        return new ArrayList<>(primaries.keySet());
    }

    @Override
    public @Nullable P get(P primary) {
        return primaries.get(getKey(primary));
    }

    @Override
    public @Nullable P getByKey(String key) {
        return primaries.get(key);
    }

    @Override
    public String getKey(P primary) {
        return Cache.metaNamespaceKeyFunc(primary);
    }

    @Override
    public List<P> index(String name, P primary) {
        return List.of();
    }

    @Override
    public List<String> indexKeys(String name, String key) {
        return List.of();
    }

    @Override
    public List<P> byIndex(String name, String key) {
        return List.of();
    }

    @Override
    public Map<String, Function<P, List<String>>> getIndexers() {
        return Map.of();
    }

    @Override
    public void addIndexers(Map<String, Function<P, List<String>>> indexers) {}

    @Override
    public void removeIndexer(String name) {}
}
