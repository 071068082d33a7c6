package dev.drover.manifests.model;

/// What was asked of the scheduler.
///
/// @param trigger what the view showed: `job-register`, `job-deregister`, `alloc-failure`,
///   `node-update`, …
public record EvaluationSpec(
        String jobName,
        String jobUid,
        long jobGeneration,
        int jobVersion,
        String trigger,
        int priority) {}
