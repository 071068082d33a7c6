package dev.drover.manifests.model;

import java.util.Optional;

/// A window of time that comes again.
///
/// @param start six fields
/// @param end minute and hour
/// @param timezone whose clock
public record ScheduleCron(
        Optional<String> start, Optional<String> end, Optional<String> timezone) {}
