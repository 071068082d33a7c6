/// Many watches at once, each of which must get its part.
@NullMarked
package dev.drover.store.crowd;

import org.jspecify.annotations.NullMarked;
