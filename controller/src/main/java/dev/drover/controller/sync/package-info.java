/// Follows Git repositories: fetches, compares what they declare with what the store holds, and
/// applies it through Admission where the source's policy allows. A broken file changes nothing for
/// itself and nothing else; nothing is ever deleted.
@NullMarked
package dev.drover.controller.sync;

import org.jspecify.annotations.NullMarked;
