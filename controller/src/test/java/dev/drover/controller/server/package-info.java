/// Tests of whole servers.
@NullMarked
package dev.drover.controller.server;

import org.jspecify.annotations.NullMarked;
