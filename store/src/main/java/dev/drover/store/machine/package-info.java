/// What transactions mean: evaluated one after another by one thread, the same on every server.
@NullMarked
package dev.drover.store.machine;

import org.jspecify.annotations.NullMarked;
