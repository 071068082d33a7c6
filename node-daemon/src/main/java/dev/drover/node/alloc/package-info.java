/// Allocations: which ones should be here, and what becomes of each as a whole.
@NullMarked
package dev.drover.node.alloc;

import org.jspecify.annotations.NullMarked;
