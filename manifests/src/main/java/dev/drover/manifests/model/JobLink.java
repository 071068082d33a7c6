package dev.drover.manifests.model;

/// One link beside a job.
public record JobLink(String label, String url) {}
