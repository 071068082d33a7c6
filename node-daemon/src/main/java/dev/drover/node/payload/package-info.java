/// What a dispatch brought, as a file of the task that asks for it.
@NullMarked
package dev.drover.node.payload;

import org.jspecify.annotations.NullMarked;
