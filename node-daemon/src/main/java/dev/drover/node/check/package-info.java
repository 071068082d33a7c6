/// Whether what runs does its work: the checks of services, and what they and the tasks say
/// together about the health of an allocation. Decisions here are pure; who asks them holds the
/// clock.
@NullMarked
package dev.drover.node.check;

import org.jspecify.annotations.NullMarked;
