/// A task behind walls: what it asks for (`JailSpec`), the steps that build it (`JailPlan`), and
/// what carries them out. Choosing the steps is pure; any laptop can test it.
@NullMarked
package dev.drover.node.jail;

import org.jspecify.annotations.NullMarked;
