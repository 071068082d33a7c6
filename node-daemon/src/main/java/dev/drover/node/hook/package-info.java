/// What is done before a task starts and undone after its end: small steps in one list that can be
/// read.
@NullMarked
package dev.drover.node.hook;

import org.jspecify.annotations.NullMarked;
