/// What would happen: the loops' own decisions, carried out on a view that nobody else sees.
@NullMarked
package dev.drover.reconcilers.whatif;

import org.jspecify.annotations.NullMarked;
