/// Removes what nobody needs any more: dead jobs, and what is left of the past of live ones.
@NullMarked
package dev.drover.reconcilers.sweep;

import org.jspecify.annotations.NullMarked;
