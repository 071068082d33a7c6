package dev.drover.manifests.model;

/// One link beside a job.
///
/// @param label what is shown
/// @param url where it leads
public record JobLink(String label, String url) {}
