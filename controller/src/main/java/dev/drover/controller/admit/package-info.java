/// The one door to the world of jobs: whatever changes what is wanted, for the API, the Nomad
/// facade and Git alike, is admitted here or not at all.
///
/// `Draft` decides, without clock, chance or store; `Admission` brings it what is there, commits
/// what it decided on condition of what it saw, and looks again when somebody else was faster.
@NullMarked
package dev.drover.controller.admit;

import org.jspecify.annotations.NullMarked;
