/// How much of the disk an allocation uses of what it was granted.
@NullMarked
package dev.drover.node.disk;

import org.jspecify.annotations.NullMarked;
