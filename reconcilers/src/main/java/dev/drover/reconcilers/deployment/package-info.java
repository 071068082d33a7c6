/// Brings a new version of a job in step by step: watches how its copies fare, promotes canaries,
/// gives up in time, and returns to what was stable.
@NullMarked
package dev.drover.reconcilers.deployment;

import org.jspecify.annotations.NullMarked;
