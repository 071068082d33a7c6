@NullMarked
package dev.drover.node.moving;

import org.jspecify.annotations.NullMarked;
