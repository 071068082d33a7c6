/// Who leads: the epoch that every write of a loop is bound to.
@NullMarked
package dev.drover.store.lease;

import org.jspecify.annotations.NullMarked;
