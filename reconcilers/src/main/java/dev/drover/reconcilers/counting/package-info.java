/// Counts wanted against existing: which copies are missing, surplus, outdated or lost.
@NullMarked
package dev.drover.reconcilers.counting;

import org.jspecify.annotations.NullMarked;
