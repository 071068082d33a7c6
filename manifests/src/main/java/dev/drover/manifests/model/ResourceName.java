package dev.drover.manifests.model;

/// A resource within its kind. Cluster-scoped resources have an empty namespace. Both parts are the
/// plain form that people type, never the escaped one of keys and URLs.
///
/// @param namespace empty for cluster-scoped kinds
/// @param name never empty
public record ResourceName(String namespace, String name) implements Comparable<ResourceName> {

    /// The name of a cluster-scoped resource.
    public static ResourceName cluster(String name) {
        return new ResourceName("", name);
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
