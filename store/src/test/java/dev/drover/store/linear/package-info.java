/// Whether what many callers saw at once could have happened one after the other.
@NullMarked
package dev.drover.store.linear;

import org.jspecify.annotations.NullMarked;
