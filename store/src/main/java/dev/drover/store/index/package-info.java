/// Sorted maps and sets that readers can hold on to: every change makes a new one that shares
/// almost everything with the last.
@NullMarked
package dev.drover.store.index;

import org.jspecify.annotations.NullMarked;
