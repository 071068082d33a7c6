/// JSON: manifests as trees for people's texts, and records directly for programs that talk to each
/// other.
@NullMarked
package dev.drover.manifests.json;

import org.jspecify.annotations.NullMarked;
