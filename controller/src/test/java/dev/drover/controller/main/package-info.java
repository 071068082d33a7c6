/// Tests of what the roles read from their command lines.
@NullMarked
package dev.drover.controller.main;

import org.jspecify.annotations.NullMarked;
