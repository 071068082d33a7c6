/// What every syntax becomes before it is a record: values with the place where somebody wrote
/// them, and problems that point there.
@NullMarked
package dev.drover.manifests.tree;

import org.jspecify.annotations.NullMarked;
