/// Tests of what the API reads and writes.
@NullMarked
package dev.drover.controller.api;

import org.jspecify.annotations.NullMarked;
