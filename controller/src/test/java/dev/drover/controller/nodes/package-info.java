/// Tests of the server's end of the node link, over real sockets.
@NullMarked
package dev.drover.controller.nodes;

import org.jspecify.annotations.NullMarked;
