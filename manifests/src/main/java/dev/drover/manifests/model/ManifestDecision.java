package dev.drover.manifests.model;

/// What was decided about one manifest of a source, and why.
///
/// @param place the file within the repository, with `:line` where there is one
/// @param resource `kind namespace/name`; empty for a file that could not be read
/// @param outcome in one word
/// @param because in a sentence
public record ManifestDecision(
        String place, String resource, SyncOutcome outcome, String because) {}
