/// Programs that measure the reading of manifests.
@NullMarked
package dev.drover.manifests.bench;

import org.jspecify.annotations.NullMarked;
