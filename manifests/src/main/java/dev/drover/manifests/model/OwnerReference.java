package dev.drover.manifests.model;

/// Whose end is this resource's end. Compared by uid, never by name alone.
///
/// @param kind its kind
/// @param name its name
/// @param uid its life
public record OwnerReference(Kind kind, String name, String uid) {}
