/// Jails as plans, and real ones seen from inside and outside.
@NullMarked
package dev.drover.node.jail;

import org.jspecify.annotations.NullMarked;
