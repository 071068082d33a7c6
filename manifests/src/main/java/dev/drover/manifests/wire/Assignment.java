package dev.drover.manifests.wire;

import dev.drover.manifests.model.AllocationSpec;

/// One allocation of the node.
public record Assignment(String id, String namespace, AllocationSpec spec) {}
