package dev.drover.manifests.model;

/// A folder of a node that jobs may mount.
public record HostVolume(String path, boolean readOnly) {}
