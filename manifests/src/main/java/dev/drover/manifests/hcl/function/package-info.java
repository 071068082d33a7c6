/// The functions that expressions may call: pure, but for `uuidv4`, `bcrypt` and those that read
/// files, which go through [Files].
@NullMarked
package dev.drover.manifests.hcl.function;

import org.jspecify.annotations.NullMarked;
