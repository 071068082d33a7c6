/// Filters against a small machine that runs them as the kernel would.
@NullMarked
package dev.drover.node.jail.seccomp;

import org.jspecify.annotations.NullMarked;
