/// The shell around the loops: the only package here with a clock, threads and a store. It shows
/// each loop a view, commits what the loop decides, and asks again when something changed.
///
/// ```text
/// store ──watch──▶ LiveView ──▶ Informer, ChangeSource ──▶ Java Operator SDK ──▶ Turns ──▶ Commits
///                     │                                    (queue, retry)          │          │
///                     └──────────▶ PlacerLoop ◀── names ───────────────────────────┘          ▼
///                                     └─────────────────────────────────────────────────▶  store
/// ```
@NullMarked
package dev.drover.reconcilers.loop;

import org.jspecify.annotations.NullMarked;
