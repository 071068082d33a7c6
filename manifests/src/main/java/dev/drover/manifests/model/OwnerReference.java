package dev.drover.manifests.model;

/// Whose end is this resource's end. Compared by uid, never by name alone.
public record OwnerReference(Kind kind, String name, String uid) {}
