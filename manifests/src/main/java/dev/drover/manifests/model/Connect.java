package dev.drover.manifests.model;

import java.util.Optional;

/// How a service takes part in a Consul service mesh. Read, kept and written; Drover itself has no
/// mesh.
public record Connect(
        Optional<Boolean> enabledNatively,
        Optional<Gateway> gateway,
        Optional<SidecarService> sidecarService,
        Optional<SidecarTask> sidecarTask) {}
