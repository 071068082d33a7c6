/// Where a task's secrets are: in memory where the node may mount.
@NullMarked
package dev.drover.node.secrets;

import org.jspecify.annotations.NullMarked;
