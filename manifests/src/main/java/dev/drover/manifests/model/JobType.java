package dev.drover.manifests.model;

/// How a job's allocations are placed and when they are done.
public enum JobType {
    /// Runs for ever: restarted whatever its exit code.
    SERVICE,
    /// Runs until it succeeds.
    BATCH,
    /// A service on every feasible node.
    SYSTEM,
    /// A batch job on every feasible node.
    SYSBATCH;

    /// Whether every node that does has a copy of its own.
    public boolean everywhere() {
        return this == SYSTEM || this == SYSBATCH;
    }

    /// Whether its copies come to an end by themselves.
    public boolean ends() {
        return this == BATCH || this == SYSBATCH;
    }
}
