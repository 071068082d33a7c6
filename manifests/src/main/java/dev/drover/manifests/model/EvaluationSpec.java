package dev.drover.manifests.model;

/// What was asked of the scheduler.
///
/// @param jobName the job
/// @param jobUid its life: another one after it was deleted and created again
/// @param jobGeneration its spec's generation
/// @param jobVersion its version
/// @param trigger what the view showed: `job-register`, `job-deregister`, `alloc-failure`,
///   `node-update`, …
/// @param priority its priority
public record EvaluationSpec(
        String jobName,
        String jobUid,
        long jobGeneration,
        int jobVersion,
        String trigger,
        int priority) {}
