package dev.drover.manifests.model;

/// A port that was given out.
///
/// @param label as in the job
/// @param value the host's port
/// @param to the port inside the jail; the host's port when the job does not say
/// @param hostIp the address it is on
public record GrantedPort(String label, int value, int to, String hostIp) {}
