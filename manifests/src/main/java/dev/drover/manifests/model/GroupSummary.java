package dev.drover.manifests.model;

/// How many allocations of a group are in which state.
///
/// @param desired wanted copies
/// @param queued wanted, without a place
public record GroupSummary(
        int desired, int queued, int starting, int running, int complete, int failed, int lost) {}
