/// What this machine is and has.
@NullMarked
package dev.drover.node.fingerprint;

import org.jspecify.annotations.NullMarked;
