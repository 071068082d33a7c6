/// Empties nodes that operators drain: no faster than the jobs can bear, and not beyond the
/// deadline.
@NullMarked
package dev.drover.reconcilers.drain;

import org.jspecify.annotations.NullMarked;
