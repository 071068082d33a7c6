/// Tests of the defaults.
@NullMarked
package dev.drover.manifests.defaults;

import org.jspecify.annotations.NullMarked;
