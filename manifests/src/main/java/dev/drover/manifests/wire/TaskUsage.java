package dev.drover.manifests.wire;

import java.time.Instant;

/// What a task used at a moment.
///
/// @param cpuPermille of one core, over the time since the sample before
/// @param cpuMillis on all cores since its start
/// @param memoryBytes resident, shared pages counted with each process
public record TaskUsage(
        String allocation,
        String namespace,
        String job,
        String task,
        Instant at,
        int cpuPermille,
        long cpuMillis,
        long memoryBytes,
        int processes) {}
