/// Orders commands and makes them last: applied is not visible until the log says so.
@NullMarked
package dev.drover.store.log;

import org.jspecify.annotations.NullMarked;
