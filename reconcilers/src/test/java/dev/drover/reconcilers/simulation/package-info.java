/// The loops and the placer as they are, over a store in memory, simulated nodes and a seed.
@NullMarked
package dev.drover.reconcilers.simulation;

import org.jspecify.annotations.NullMarked;
