/// What the loops look at: the cluster as of one revision, immutable, so that turns may run side by
/// side without a lock.
@NullMarked
package dev.drover.reconcilers.cluster;

import org.jspecify.annotations.NullMarked;
