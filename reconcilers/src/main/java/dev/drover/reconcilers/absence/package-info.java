/// Speaks for nodes that are silent: what ran there is lost, or may come back.
@NullMarked
package dev.drover.reconcilers.absence;

import org.jspecify.annotations.NullMarked;
