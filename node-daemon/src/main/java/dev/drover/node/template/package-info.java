/// Templates of tasks: text with actions in Go's template language, rendered beneath the task's
/// folder before it starts.
@NullMarked
package dev.drover.node.template;

import org.jspecify.annotations.NullMarked;
