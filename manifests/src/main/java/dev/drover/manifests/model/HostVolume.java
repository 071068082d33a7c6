package dev.drover.manifests.model;

/// A folder of a node that jobs may mount.
///
/// @param path the folder on the node
/// @param readOnly whether no task may write to it
public record HostVolume(String path, boolean readOnly) {}
