/// `jail`: a program behind walls, in a root file system of its own. `exec`: the same with the
/// node's programs, read-only.
@NullMarked
package dev.drover.node.driver.jail;

import org.jspecify.annotations.NullMarked;
