package dev.drover.controller.cli;

import java.time.InstantSource;
import java.util.Map;

/// Where a command runs.
///
/// @param out where it prints
/// @param environment the variables of the process
/// @param clock for ages and time stamps
public record Session(Out out, Map<String, String> environment, InstantSource clock) {
    public Session {
        environment = Map.copyOf(environment);
    }
}
