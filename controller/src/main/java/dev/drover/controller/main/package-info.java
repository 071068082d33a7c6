/// Where the program starts, and where its parts are put together.
@NullMarked
package dev.drover.controller.main;

import org.jspecify.annotations.NullMarked;
