/// From a profile in words to the program with which the kernel judges every system call of a
/// jailed task. Pure: the same profile, machine and wishes give the same bytes.
@NullMarked
package dev.drover.node.jail.seccomp;

import org.jspecify.annotations.NullMarked;
