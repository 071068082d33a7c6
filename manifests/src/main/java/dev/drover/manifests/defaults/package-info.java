/// Blanks and what they mean: job to job, without looking at anything else.
@NullMarked
package dev.drover.manifests.defaults;

import org.jspecify.annotations.NullMarked;
