package dev.drover.manifests.wire;

import java.time.Instant;

/// One name in a folder of an allocation.
public record FileEntry(String name, boolean directory, long size, String mode, Instant modified) {}
