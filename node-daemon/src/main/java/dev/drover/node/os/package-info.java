/// The only room with foreign functions: processes, exits, signals, and paths that cannot be led
/// astray. Linux; every call here is named as in its manual page.
@NullMarked
package dev.drover.node.os;

import org.jspecify.annotations.NullMarked;
