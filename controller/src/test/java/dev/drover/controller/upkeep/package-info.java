/// A store is looked after as people do it.
@NullMarked
package dev.drover.controller.upkeep;

import org.jspecify.annotations.NullMarked;
