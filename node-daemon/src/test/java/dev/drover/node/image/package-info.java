@NullMarked
package dev.drover.node.image;

import org.jspecify.annotations.NullMarked;
