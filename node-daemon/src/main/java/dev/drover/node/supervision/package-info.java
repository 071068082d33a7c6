/// Tasks under small processes that live on without the daemon, write down how a task ended and
/// keep its output. What happened is read from files that they alone write, so a daemon that was
/// killed at any moment finds out all of it.
@NullMarked
package dev.drover.node.supervision;

import org.jspecify.annotations.NullMarked;
