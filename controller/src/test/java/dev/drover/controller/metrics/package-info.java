/// What monitoring systems are told.
@NullMarked
package dev.drover.controller.metrics;

import org.jspecify.annotations.NullMarked;
