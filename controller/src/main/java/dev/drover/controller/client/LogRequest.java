package dev.drover.controller.client;

import dev.drover.manifests.wire.LogPart;
import java.util.Optional;

/// Whose output somebody wants to see.
///
/// @param task empty when the allocation has one task
/// @param stderr the other stream than stdout
/// @param grep only lines in which this RE2 pattern is found
public record LogRequest(
        String namespace,
        String allocation,
        String task,
        boolean stderr,
        LogPart part,
        Optional<String> grep) {

    /// The same of another task.
    public LogRequest of(String otherNamespace, String otherAllocation, String otherTask) {
        return new LogRequest(otherNamespace, otherAllocation, otherTask, stderr, part, grep);
    }

    /// Its query, as it stands in docs/api.md.
    String query() {
        return "?type="
                + (stderr ? "stderr" : "stdout")
                + (task.isEmpty() ? "" : "&task=" + Paths.query(task))
                + (part.fromEnd() ? "&origin=end" : "")
                + (part.offset() == 0 ? "" : "&offset=" + part.offset())
                + part.tail().map(lines -> "&tail=" + lines).orElse("")
                + part.since().map(time -> "&since=" + Paths.query(time.toString())).orElse("")
                + (part.previous() ? "&previous=true" : "")
                + grep.map(pattern -> "&grep=" + Paths.query(pattern)).orElse("")
                + (part.follow() ? "&follow=true" : "");
    }
}
