/// Groups of processes that nothing can leave: how a task is counted and ended as a whole.
@NullMarked
package dev.drover.node.cgroup;

import org.jspecify.annotations.NullMarked;
