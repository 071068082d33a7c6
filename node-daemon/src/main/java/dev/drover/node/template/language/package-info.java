/// Go's text/template language: parsed once into a tree, executed over plain values. It knows no
/// file, clock or network: whatever reaches outside is a function that its user hands in.
@NullMarked
package dev.drover.node.template.language;

import org.jspecify.annotations.NullMarked;
