/// What the tasks use, now and over the last hour.
@NullMarked
package dev.drover.node.stats;

import org.jspecify.annotations.NullMarked;
