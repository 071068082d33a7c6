/// The contract of a loop: it looks at a view and answers with a decision.
@NullMarked
package dev.drover.reconcilers.decision;

import org.jspecify.annotations.NullMarked;
