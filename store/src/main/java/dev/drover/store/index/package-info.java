/// The sorted map that readers can hold on to: every commit makes a new one that shares almost
/// everything with the last.
@NullMarked
package dev.drover.store.index;

import org.jspecify.annotations.NullMarked;
