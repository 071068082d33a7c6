/// What a task knows of itself and of its node: variables, and references in texts.
@NullMarked
package dev.drover.node.environment;

import org.jspecify.annotations.NullMarked;
