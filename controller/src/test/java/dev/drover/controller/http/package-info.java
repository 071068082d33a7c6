/// Tests of the listener over real sockets.
@NullMarked
package dev.drover.controller.http;

import org.jspecify.annotations.NullMarked;
