/// Objects that somebody holds: loops say what they would do to them, and do nothing.
@NullMarked
package dev.drover.reconcilers.hold;

import org.jspecify.annotations.NullMarked;
