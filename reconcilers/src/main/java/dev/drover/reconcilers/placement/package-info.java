/// Where copies go: which nodes may take one, which of them is best, and why the others may not.
@NullMarked
package dev.drover.reconcilers.placement;

import org.jspecify.annotations.NullMarked;
