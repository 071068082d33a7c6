package dev.drover.node.driver;

import java.time.Duration;

/// What a task uses.
///
/// @param cpu time on all cores since its start
/// @param memoryBytes resident, shared pages counted with each process
public record Usage(Duration cpu, long memoryBytes, int processes) {}
