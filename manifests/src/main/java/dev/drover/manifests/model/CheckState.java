package dev.drover.manifests.model;

import java.time.Instant;

/// What one check of a service says.
///
/// @param output for people: what it was told when it last changed its mind
/// @param since when it last changed its mind
public record CheckState(String name, CheckStatus status, String output, Instant since) {}
