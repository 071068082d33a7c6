/// `agent --dev`: a server and a node in one process, the node over the same link as everywhere.
@NullMarked
package dev.drover.controller.dev;

import org.jspecify.annotations.NullMarked;
