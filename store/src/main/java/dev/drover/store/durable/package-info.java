/// The store of the product, put together: a state machine under a log, over RocksDB in a folder.
@NullMarked
package dev.drover.store.durable;

import org.jspecify.annotations.NullMarked;
