package dev.drover.manifests.model;

/// A Git repository whose manifests are followed. What it finds and what it did about each manifest
/// is its status: no other state is kept.
///
/// @param metadata its name, and what is known of it beside what it is
/// @param spec the repository, and what is done with it
/// @param status what was found; written by the server
public record GitSource(Metadata metadata, GitSourceSpec spec, GitSourceStatus status)
        implements Resource {

    @Override
    public Kind kind() {
        return Kind.GIT_SOURCE;
    }

    @Override
    public GitSource withMetadata(Metadata other) {
        return new GitSource(other, spec, status);
    }

    /// The same source with another status.
    public GitSource withStatus(GitSourceStatus other) {
        return new GitSource(metadata, spec, other);
    }
}
