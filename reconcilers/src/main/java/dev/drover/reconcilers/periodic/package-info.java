/// Launches periodic jobs at their times: each time once, across restarts and clocks that are set.
@NullMarked
package dev.drover.reconcilers.periodic;

import org.jspecify.annotations.NullMarked;
