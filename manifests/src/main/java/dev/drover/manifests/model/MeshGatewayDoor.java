package dev.drover.manifests.model;

/// A door between meshes; it has no settings of its own.
public record MeshGatewayDoor() {}
