/// A light client of the server's HTTP API: a socket, no framework, so that a command starts fast.
@NullMarked
package dev.drover.controller.client;

import org.jspecify.annotations.NullMarked;
