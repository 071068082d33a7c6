/// Tests of the front door.
@NullMarked
package dev.drover.manifests;

import org.jspecify.annotations.NullMarked;
