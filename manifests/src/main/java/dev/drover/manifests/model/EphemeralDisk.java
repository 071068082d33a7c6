package dev.drover.manifests.model;

import java.util.Optional;

/// The folder that an allocation's tasks share.
public record EphemeralDisk(
        Optional<Integer> sizeMib, Optional<Boolean> sticky, Optional<Boolean> migrate) {}
