/// Commands that look after the folder of a store: backup, restore, check.
@NullMarked
package dev.drover.controller.upkeep;

import org.jspecify.annotations.NullMarked;
