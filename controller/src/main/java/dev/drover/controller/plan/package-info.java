/// What would happen if a job were admitted: the loops' own decision about a cluster that has it.
@NullMarked
package dev.drover.controller.plan;

import org.jspecify.annotations.NullMarked;
