/// Records above, bytes below: the only package here that knows manifests.
///
/// [dev.drover.store.typed.Tables] is the way in. A record is stored by numeric field ids, which
/// stand in `fields.txt`; a job's spec is stored once, in its version, and attached on reading.
@NullMarked
package dev.drover.store.typed;

import org.jspecify.annotations.NullMarked;
