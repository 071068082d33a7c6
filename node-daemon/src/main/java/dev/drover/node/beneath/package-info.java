/// Paths that jobs write, and files beneath a task's folder: found, read and put there without ever
/// following a link, because the folder belongs to the task and we may be root.
@NullMarked
package dev.drover.node.beneath;

import org.jspecify.annotations.NullMarked;
