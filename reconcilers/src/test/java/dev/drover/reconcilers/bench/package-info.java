/// Programs that measure the decisions.
@NullMarked
package dev.drover.reconcilers.bench;

import org.jspecify.annotations.NullMarked;
