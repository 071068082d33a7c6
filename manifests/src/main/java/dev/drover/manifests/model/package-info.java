/// Records only: everything that people declare or the store holds. Constructors refuse the
/// impossible and copy; they add no defaults, so that absent stays different from zero.
@NullMarked
package dev.drover.manifests.model;

import org.jspecify.annotations.NullMarked;
