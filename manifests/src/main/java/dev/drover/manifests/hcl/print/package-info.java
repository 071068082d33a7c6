/// Trees as HCL.
@NullMarked
package dev.drover.manifests.hcl.print;

import org.jspecify.annotations.NullMarked;
