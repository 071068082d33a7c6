/// What people may look at of an allocation: its files, read beneath its folder only.
@NullMarked
package dev.drover.node.files;

import org.jspecify.annotations.NullMarked;
