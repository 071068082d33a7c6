package dev.drover.manifests.model;

import java.util.Optional;

/// How a service takes part in a Consul service mesh. Read, kept and written; Drover itself has no
/// mesh.
///
/// @param enabledNatively whether the task itself speaks the mesh's protocol
/// @param gateway makes the service a door of the mesh
/// @param sidecarService the proxy beside the service
/// @param sidecarTask what differs in the task that runs the proxy
public record Connect(
        Optional<Boolean> enabledNatively,
        Optional<Gateway> gateway,
        Optional<SidecarService> sidecarService,
        Optional<SidecarTask> sidecarTask) {}
