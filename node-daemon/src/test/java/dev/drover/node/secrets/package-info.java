/// Folders of secrets, with real mounts.
@NullMarked
package dev.drover.node.secrets;

import org.jspecify.annotations.NullMarked;
