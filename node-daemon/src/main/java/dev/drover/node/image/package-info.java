/// Root file systems that come as images: read from a file or folder that the task has, unpacked
/// once, and shared by every jail that wants the same.
@NullMarked
package dev.drover.node.image;

import org.jspecify.annotations.NullMarked;
