/// One task of an allocation: when it is started again, what it gets to see, and the thread that
/// carries it from its first start to its end.
@NullMarked
package dev.drover.node.task;

import org.jspecify.annotations.NullMarked;
