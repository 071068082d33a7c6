/// `raw_exec`: a program of the host, as the host's user, without walls.
@NullMarked
package dev.drover.node.driver.raw;

import org.jspecify.annotations.NullMarked;
