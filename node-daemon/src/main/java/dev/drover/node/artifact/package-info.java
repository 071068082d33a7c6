/// Artifacts: what a task wants fetched before it starts. A short-lived child process
/// ([dev.drover.node.artifact.Fetch]) downloads, verifies and unpacks into an empty folder, as an
/// unprivileged user where it can; the daemon then moves what lies there beneath the task's folder,
/// following no link. Only children load an HTTP client, Git and the libraries of archives.
@NullMarked
package dev.drover.node.artifact;

import org.jspecify.annotations.NullMarked;
