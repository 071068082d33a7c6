package dev.drover.manifests.model;

/// What the server wants of an allocation.
public enum DesiredState {
    /// Run it (or let it have run to its end).
    RUN,
    /// Stop it.
    STOP,
    /// Stop it, because something of a higher priority needs the room.
    EVICT
}
