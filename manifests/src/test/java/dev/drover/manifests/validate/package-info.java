/// Tests of the rules.
@NullMarked
package dev.drover.manifests.validate;

import org.jspecify.annotations.NullMarked;
