package dev.drover.controller.client;

import java.time.Instant;
import java.util.Optional;

/// A change of a resource that the server remembers.
///
/// @param type `ADDED`, `MODIFIED` or `DELETED`
/// @param minute in which it happened; empty when that is forgotten
/// @param resource as it was afterwards; of a deletion as it was last, with its revision
public record Past<T>(String type, Optional<Instant> minute, T resource) {}
