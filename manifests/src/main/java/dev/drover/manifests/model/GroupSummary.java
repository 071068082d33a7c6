package dev.drover.manifests.model;

/// How many allocations of a group are in which state.
///
/// @param desired wanted copies
/// @param queued wanted, without a place
/// @param starting copies that start
/// @param running copies that run
/// @param complete copies that ended well
/// @param failed copies that failed
/// @param lost copies that went with their node
public record GroupSummary(
        int desired, int queued, int starting, int running, int complete, int failed, int lost) {}
