/// Programs that measure the store.
@NullMarked
package dev.drover.store.bench;

import org.jspecify.annotations.NullMarked;
