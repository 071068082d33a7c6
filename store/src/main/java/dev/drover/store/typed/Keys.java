package dev.drover.store.typed;

import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.store.Key;
import dev.drover.store.Prefix;
import java.util.List;
import java.util.Optional;

/// Resources' names as keys of the store, and back.
public final class Keys {
    private static final List<Kind> KINDS = List.of(Kind.values());

    private Keys() {}

    /// Where a resource lives.
    public static Key of(Resource resource) {
        return of(resource.kind(), resource.name());
    }

    /// Where the resource of this name would live.
    public static Key of(Kind kind, ResourceName name) {
        String namespace = kind.namespaced() ? ResourceName.escape(name.namespace()) : "";
        return Key.of(kind.plural(), namespace, ResourceName.escape(name.name()));
    }

    /// All resources of a kind.
    public static Prefix all(Kind kind) {
        return Prefix.ofType(kind.plural());
    }

    /// Those in one namespace.
    public static Prefix in(Kind kind, String namespace) {
        return Prefix.in(kind.plural(), ResourceName.escape(namespace));
    }

    /// The kind that lives at a key; empty for what is no resource, such as the leader's lease.
    public static Optional<Kind> kind(Key key) {
        for (Kind kind :
                KINDS) { // cheaper than a lookup, which needs the type as a text of its own
            if (key.isOf(kind.plural())) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /// The name that lives at a key.
    public static ResourceName name(Key key) {
        return new ResourceName(
                ResourceName.unescape(key.namespace()), ResourceName.unescape(key.name()));
    }
}
