/// Nomad's API JSON: jobs as Nomad's own programs write and read them.
@NullMarked
package dev.drover.manifests.nomad;

import org.jspecify.annotations.NullMarked;
