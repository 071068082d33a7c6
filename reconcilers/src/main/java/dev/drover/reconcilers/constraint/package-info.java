/// What jobs ask of nodes in words: names of properties, operators, versions, patterns.
@NullMarked
package dev.drover.reconcilers.constraint;

import org.jspecify.annotations.NullMarked;
