/// Pages about mistakes and fields, from the same tables that find them: for `explain` and for
/// docs/errors.
@NullMarked
package dev.drover.manifests.explain;

import org.jspecify.annotations.NullMarked;
