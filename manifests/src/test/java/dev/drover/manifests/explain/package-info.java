/// Tests of the pages.
@NullMarked
package dev.drover.manifests.explain;

import org.jspecify.annotations.NullMarked;
