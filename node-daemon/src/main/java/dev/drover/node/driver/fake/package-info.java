/// `fake`: tasks without processes, for tests and for trying things out.
@NullMarked
package dev.drover.node.driver.fake;

import org.jspecify.annotations.NullMarked;
