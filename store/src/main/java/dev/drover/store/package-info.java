/// The room that remembers. See ARCHITECTURE.md.
@NullMarked
package dev.drover.store;

import org.jspecify.annotations.NullMarked;
