/// Puts the daemon together: every `new` of it, in order.
@NullMarked
package dev.drover.node.main;

import org.jspecify.annotations.NullMarked;
