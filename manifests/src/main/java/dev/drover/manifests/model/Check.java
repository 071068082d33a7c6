package dev.drover.manifests.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a service's health is found out.
///
/// @param name what it is called where it is shown
/// @param type `http`, `tcp`, `grpc` or `script`
/// @param interval between two checks
/// @param timeout after which a check without an answer has failed
/// @param path what an http check asks for
/// @param method how it asks: `GET`, `HEAD`, …
/// @param protocol `http` or `https`
/// @param port the port's label or number, if not the service's
/// @param addressMode whose address is asked: the host's, the allocation's, or what the driver says
/// @param advertise an address that others are told instead of the one that is asked
/// @param header what an http request says beside the path
/// @param body what an http request sends
/// @param command what a script check runs in the task
/// @param args its arguments
/// @param task the task in which a script check of a group's service runs
/// @param initialStatus what it counts as before its first answer
/// @param successBeforePassing good answers in a row until it passes
/// @param failuresBeforeCritical bad answers in a row until it is critical
/// @param failuresBeforeWarning bad answers in a row until it warns
/// @param onUpdate whether a deployment waits for it: `require_healthy`, `ignore_warnings`,
///   `ignore`
/// @param checkRestart when a failing check restarts the task
/// @param expose whether its path is let through the service's proxy
/// @param tlsServerName the name that the certificate must be for
/// @param tlsSkipVerify whether a certificate that nobody vouches for will do
/// @param grpcService the service that a grpc check asks about
/// @param grpcUseTls whether a grpc check speaks TLS
/// @param notes what people should know about it
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
        Optional<String> advertise,
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
