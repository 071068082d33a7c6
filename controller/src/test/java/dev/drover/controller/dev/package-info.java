/// Tests of the agent in which a server and a node are one process.
@NullMarked
package dev.drover.controller.dev;

import org.jspecify.annotations.NullMarked;
