package dev.drover.manifests.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What every resource has, in Kubernetes' words. Written by people: name, namespace, labels,
/// annotations. Written by the server: the rest.
///
/// @param name the plain form; unique within kind and namespace
/// @param namespace empty for cluster-scoped kinds, and in a manifest that does not say (`default`
///   is meant)
/// @param uid one for each life of the name: another one after delete and create
/// @param resourceVersion the store revision of the last write, decimal; absent before the first
/// @param generation counts changes of the spec alone, from 1
/// @param creationTimestamp when the store took it
/// @param deletionTimestamp when somebody asked for its deletion; it goes once `finalizers` is
///   empty
/// @param labels for selectors; sorted by key
/// @param annotations for people and programs; sorted by key
/// @param finalizers who has yet to clean up before it may go
/// @param ownerReferences whose end is its end
public record Metadata(
        String name,
        String namespace,
        Optional<String> uid,
        Optional<String> resourceVersion,
        long generation,
        Optional<Instant> creationTimestamp,
        Optional<Instant> deletionTimestamp,
        Map<String, String> labels,
        Map<String, String> annotations,
        List<String> finalizers,
        List<OwnerReference> ownerReferences) {

    /// The namespace of a manifest that names none.
    public static final String DEFAULT_NAMESPACE = "default";

    public Metadata {
        labels = Copies.sorted(labels);
        annotations = Copies.sorted(annotations);
        finalizers = List.copyOf(finalizers);
        ownerReferences = List.copyOf(ownerReferences);
    }

    /// What a manifest with nothing but a name says.
    public static Metadata named(String namespace, String name) {
        return new Metadata(
                name,
                namespace,
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of());
    }

    /// A first life: uid, birth and generation 1.
    public Metadata born(String newUid, Instant now) {
        return new Metadata(
                name,
                namespace,
                Optional.of(newUid),
                Optional.empty(),
                1,
                Optional.of(now),
                Optional.empty(),
                labels,
                annotations,
                finalizers,
                ownerReferences);
    }

    /// The same of a sibling that is born with it, whose name is its uid.
    public Metadata sibling(String other) {
        return new Metadata(
                other,
                namespace,
                Optional.of(other),
                Optional.empty(),
                generation,
                creationTimestamp,
                deletionTimestamp,
                labels,
                annotations,
                finalizers,
                ownerReferences);
    }

    /// As it was read at a revision of the store.
    public Metadata at(String version) {
        return new Metadata(
                name,
                namespace,
                uid,
                Optional.of(version),
                generation,
                creationTimestamp,
                deletionTimestamp,
                labels,
                annotations,
                finalizers,
                ownerReferences);
    }

    /// The same with another count of spec changes.
    public Metadata withGeneration(long count) {
        return new Metadata(
                name,
                namespace,
                uid,
                resourceVersion,
                count,
                creationTimestamp,
                deletionTimestamp,
                labels,
                annotations,
                finalizers,
                ownerReferences);
    }

    /// In another namespace.
    public Metadata in(String otherNamespace) {
        return new Metadata(
                name,
                otherNamespace,
                uid,
                resourceVersion,
                generation,
                creationTimestamp,
                deletionTimestamp,
                labels,
                annotations,
                finalizers,
                ownerReferences);
    }

    /// The same without owners.
    public Metadata withoutOwners() {
        return new Metadata(
                name,
                namespace,
                uid,
                resourceVersion,
                generation,
                creationTimestamp,
                deletionTimestamp,
                labels,
                annotations,
                finalizers,
                List.of());
    }

    /// What a job of this metadata launches: its labels, and its end is the end of that.
    public Metadata child(String childName) {
        return new Metadata(
                childName,
                namespace,
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                labels,
                Map.of(),
                List.of(),
                List.of(new OwnerReference(Kind.JOB, name, uid.orElse(""))));
    }

    /// The same with others who have yet to clean up.
    public Metadata withFinalizers(List<String> others) {
        return new Metadata(
                name,
                namespace,
                uid,
                resourceVersion,
                generation,
                creationTimestamp,
                deletionTimestamp,
                labels,
                annotations,
                others,
                ownerReferences);
    }

    /// With its deletion asked for.
    public Metadata deleted(Instant now) {
        return new Metadata(
                name,
                namespace,
                uid,
                resourceVersion,
                generation,
                creationTimestamp,
                Optional.of(now),
                labels,
                annotations,
                finalizers,
                ownerReferences);
    }
}
