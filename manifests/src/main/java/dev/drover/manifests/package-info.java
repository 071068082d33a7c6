/// The room that describes: what people declare, read and written in three syntaxes. See
/// ARCHITECTURE.md.
@NullMarked
package dev.drover.manifests;

import org.jspecify.annotations.NullMarked;
