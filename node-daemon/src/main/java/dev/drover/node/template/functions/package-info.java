/// The functions that templates of tasks may call besides Go's own, by consul-template's names and
/// meanings.
@NullMarked
package dev.drover.node.template.functions;

import org.jspecify.annotations.NullMarked;
