/// The store in memory: the executable specification of [dev.drover.store.Store], and everybody's
/// fake.
@NullMarked
package dev.drover.store.memory;

import org.jspecify.annotations.NullMarked;
