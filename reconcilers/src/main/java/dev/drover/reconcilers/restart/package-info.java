/// Replaces copies that failed for good, when and as often as their reschedule policy says.
@NullMarked
package dev.drover.reconcilers.restart;

import org.jspecify.annotations.NullMarked;
