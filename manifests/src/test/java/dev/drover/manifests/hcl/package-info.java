/// Tests of the language.
@NullMarked
package dev.drover.manifests.hcl;

import org.jspecify.annotations.NullMarked;
