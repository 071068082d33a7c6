/// Changes on their way to those who watch: recent ones from memory, older ones from disk.
@NullMarked
package dev.drover.store.watch;

import org.jspecify.annotations.NullMarked;
