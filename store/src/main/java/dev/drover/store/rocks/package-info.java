/// What lies on disk, and the only package that speaks to RocksDB. Native calls hold their thread:
/// call everything here on platform threads.
@NullMarked
package dev.drover.store.rocks;

import org.jspecify.annotations.NullMarked;
