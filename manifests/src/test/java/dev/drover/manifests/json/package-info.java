/// Tests of reading and writing JSON.
@NullMarked
package dev.drover.manifests.json;

import org.jspecify.annotations.NullMarked;
