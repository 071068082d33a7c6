/// Tests of the one door, over the store in memory.
@NullMarked
package dev.drover.controller.admit;

import org.jspecify.annotations.NullMarked;
