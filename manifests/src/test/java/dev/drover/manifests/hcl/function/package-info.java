@NullMarked
package dev.drover.manifests.hcl.function;

import org.jspecify.annotations.NullMarked;
