package dev.drover.controller.client;

import java.time.Instant;
import java.util.Optional;

/// A change of a resource that the server remembers.
///
/// @param type `ADDED`, `MODIFIED` or `DELETED`
/// @param time the second in which it happened (of older ones, the minute); empty when that is
///   forgotten
/// @param resource as it was afterwards; of a deletion as it was last, with its revision
public record Past<T>(String type, Optional<Instant> time, T resource) {}
