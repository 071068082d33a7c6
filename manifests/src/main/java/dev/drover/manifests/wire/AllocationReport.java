package dev.drover.manifests.wire;

import dev.drover.manifests.model.AllocationStatus;

/// What the node says of one allocation.
public record AllocationReport(String id, String namespace, AllocationStatus status) {}
