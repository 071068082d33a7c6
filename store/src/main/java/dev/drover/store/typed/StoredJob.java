package dev.drover.store.typed;

import dev.drover.manifests.model.JobStatus;
import dev.drover.manifests.model.Metadata;

/// A job as it lies in the store: its spec is in the job version that its status names. Public only
/// because shapes read public records.
public record StoredJob(Metadata metadata, JobStatus status) {}
