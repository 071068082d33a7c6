/// kill -9 of the agent, the server or the node at random moments of a script that runs, updates
/// and stops jobs: afterwards nothing acknowledged is missing, and nothing runs twice or too long.
///
/// `KillStoryTest` tells a short one with every build; `KillStory.main` a long one, by its seed.
@NullMarked
package dev.drover.controller.kill;

import org.jspecify.annotations.NullMarked;
