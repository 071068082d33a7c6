/// Targets for a fuzzer: `make fuzz WHAT=hcl MINUTES=10`.
@NullMarked
package dev.drover.manifests.fuzz;

import org.jspecify.annotations.NullMarked;
