/// The node's end of its one connection: it dials, says what became of its allocations until that
/// is taken, hears what should be, and sends the streams people ask for. The protocol is specified
/// in `manifests.wire`.
@NullMarked
package dev.drover.node.link;

import org.jspecify.annotations.NullMarked;
