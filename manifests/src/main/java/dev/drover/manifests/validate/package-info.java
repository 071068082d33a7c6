/// Says what is wrong with a job: rules in a list, each with its problems. They look at the job
/// alone; what only the server knows (namespaces, nodes, quotas) is checked there.
@NullMarked
package dev.drover.manifests.validate;

import org.jspecify.annotations.NullMarked;
