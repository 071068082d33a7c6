/// Numbers about the running server in the text that monitoring systems read.
@NullMarked
package dev.drover.controller.metrics;

import org.jspecify.annotations.NullMarked;
