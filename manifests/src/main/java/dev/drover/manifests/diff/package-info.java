/// Two versions of a job, field by field, and what each change does to a running allocation.
@NullMarked
package dev.drover.manifests.diff;

import org.jspecify.annotations.NullMarked;
