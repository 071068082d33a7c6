package dev.drover.reconcilers.cluster;

import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobVersion;

/// A kept version of a job, and its spec as it is meant.
///
/// @param effective the author's spec with the defaults of the level it was admitted under
public record KeptVersion(JobVersion version, JobSpec effective) {}
