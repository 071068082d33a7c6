/// What a daemon must find again after it was killed: small files, each replaced as a whole, each
/// with a checksum.
@NullMarked
package dev.drover.node.memory;

import org.jspecify.annotations.NullMarked;
