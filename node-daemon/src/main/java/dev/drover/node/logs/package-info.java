/// What tasks have written, read back byte for byte over all its files.
@NullMarked
package dev.drover.node.logs;

import org.jspecify.annotations.NullMarked;
