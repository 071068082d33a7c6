/// Tests of differences.
@NullMarked
package dev.drover.manifests.diff;

import org.jspecify.annotations.NullMarked;
