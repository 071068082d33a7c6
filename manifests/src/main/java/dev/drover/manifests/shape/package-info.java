/// What the records of the model are made of, read once: binding, writing, diff and the codec all
/// walk the same shapes. The one room with reflection.
@NullMarked
package dev.drover.manifests.shape;

import org.jspecify.annotations.NullMarked;
