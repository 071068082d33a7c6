/// What `make bench WHAT=node` runs.
@NullMarked
package dev.drover.node.bench;

import org.jspecify.annotations.NullMarked;
