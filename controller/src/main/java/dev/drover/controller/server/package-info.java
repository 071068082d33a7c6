/// The server put together: every `new` of it, in order, in `Server`. Without a node and without
/// the command line.
@NullMarked
package dev.drover.controller.server;

import org.jspecify.annotations.NullMarked;
