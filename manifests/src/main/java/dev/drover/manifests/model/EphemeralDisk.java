package dev.drover.manifests.model;

import java.util.Optional;

/// The folder that an allocation's tasks share.
///
/// @param sizeMib the room of the allocation's folders together
/// @param sticky whether a new copy is placed where the old one was, and gets its data
/// @param migrate whether the data follows a copy to another node
public record EphemeralDisk(
        Optional<Integer> sizeMib, Optional<Boolean> sticky, Optional<Boolean> migrate) {}
