package dev.drover.manifests.model;

import java.time.Instant;

/// Something that happened to a task.
///
/// @param time when
/// @param type in Nomad's words: `Received`, `Started`, `Terminated`, `Restarting`, …
/// @param message for people
public record TaskEvent(Instant time, String type, String message) {}
