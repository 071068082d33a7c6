/// Commands that people start beside a running task.
@NullMarked
package dev.drover.node.exec;

import org.jspecify.annotations.NullMarked;
