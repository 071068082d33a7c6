/// The rules of the house that a machine can check: who may import whom, sizes, names. See
/// ARCHITECTURE.md and docs/STYLE.md.
@NullMarked
package dev.drover.house;

import org.jspecify.annotations.NullMarked;
