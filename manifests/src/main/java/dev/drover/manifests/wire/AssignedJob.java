package dev.drover.manifests.wire;

import dev.drover.manifests.model.JobSpec;

/// A job's spec as the node needs it: defaults applied.
public record AssignedJob(String uid, int version, String name, String namespace, JobSpec spec) {}
