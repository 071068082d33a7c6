package dev.drover.manifests.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a service's health is found out.
public record Check(
        Optional<String> name,
        Optional<String> type,
        Optional<Duration> interval,
        Optional<Duration> timeout,
        Optional<String> path,
        Optional<String> method,
        Optional<String> protocol,
        Optional<String> port,
        Optional<String> addressMode,
        Map<String, List<String>> header,
        Optional<String> body,
        Optional<String> command,
        List<String> args,
        Optional<String> task,
        Optional<String> initialStatus,
        Optional<Integer> successBeforePassing,
        Optional<Integer> failuresBeforeCritical,
        Optional<Integer> failuresBeforeWarning,
        Optional<String> onUpdate,
        Optional<CheckRestart> checkRestart,
        Optional<Boolean> expose,
        Optional<String> tlsServerName,
        Optional<Boolean> tlsSkipVerify,
        Optional<String> grpcService,
        Optional<Boolean> grpcUseTls,
        Optional<String> notes) {
    public Check {
        header = Copies.sorted(header);
        args = List.copyOf(args);
    }
}
