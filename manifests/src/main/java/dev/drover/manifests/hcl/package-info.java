/// HCL2 as Nomad's job files use it: text to a tree, and a tree to text. Lexer → parser →
/// expressions → values → tree.
@NullMarked
package dev.drover.manifests.hcl;

import org.jspecify.annotations.NullMarked;
