/// What runs a task: eight verbs that every driver has, `fingerprint start recover` here and `await
/// signal stop stats exec` on what runs.
@NullMarked
package dev.drover.node.driver;

import org.jspecify.annotations.NullMarked;
