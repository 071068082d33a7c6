/// The API in Kubernetes' conventions: a projection of the tables, made at this edge and nowhere
/// else. `Api` is the table of its routes; docs/api.md says what each does. A route has no `if`
/// about the domain: wishes go through `Admission`, answers come from the tables.
@NullMarked
package dev.drover.controller.api;

import org.jspecify.annotations.NullMarked;
