package dev.drover.controller.client;

/// Whose output somebody wants to see.
///
/// @param task empty when the allocation has one task
/// @param stderr the other stream than stdout
/// @param follow go on until the task is over
public record LogRequest(
        String namespace, String allocation, String task, boolean stderr, boolean follow) {}
