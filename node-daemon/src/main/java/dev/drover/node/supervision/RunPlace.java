package dev.drover.node.supervision;

import dev.drover.node.cgroup.Cgroup;
import java.nio.file.Path;
import java.util.Optional;

/// What belongs to one run of a task and is known before it starts, so that a later daemon knows it
/// too.
///
/// @param folder holds the run's own files; entered by us alone
/// @param cgroup holds the task together; without one only its session does
public record RunPlace(Path folder, LogPlace logs, Optional<Cgroup> cgroup) {}
