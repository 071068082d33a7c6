/// The values of HCL's expressions, their types, and how one becomes another.
@NullMarked
package dev.drover.manifests.hcl.value;

import org.jspecify.annotations.NullMarked;
