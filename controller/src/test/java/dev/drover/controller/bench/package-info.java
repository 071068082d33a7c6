/// Programs that measure; `make bench WHAT=path` runs one.
@NullMarked
package dev.drover.controller.bench;

import org.jspecify.annotations.NullMarked;
