/// Kills a store under load, takes from its log what was not synced, and looks whether it kept its
/// word.
@NullMarked
package dev.drover.store.crash;

import org.jspecify.annotations.NullMarked;
