package dev.drover.manifests.hcl;

/// From where to where a piece of the text goes, in UTF-16 offsets; the end is exclusive.
record Span(int start, int end) {}
