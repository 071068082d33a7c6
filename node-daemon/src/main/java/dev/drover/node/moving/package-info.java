/// What an allocation leaves to its next copy on another node: on its way out, and on its way in.
@NullMarked
package dev.drover.node.moving;

import org.jspecify.annotations.NullMarked;
