/// The room that runs. See ARCHITECTURE.md.
@NullMarked
package dev.drover.node;

import org.jspecify.annotations.NullMarked;
