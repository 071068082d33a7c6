/// The room that decides what should be. See ARCHITECTURE.md.
@NullMarked
package dev.drover.reconcilers;

import org.jspecify.annotations.NullMarked;
