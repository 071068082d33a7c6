package dev.drover.node.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a check does, with nothing left to fill in.
public sealed interface Probe {
    /// A connection can be opened.
    record Tcp(String host, int port) implements Probe {}

    /// A request is answered with 2xx; 429 is a warning. Redirects are followed on the same host
    /// and port only, so that a task cannot send its node's daemon anywhere.
    record Http(String url, String method, Map<String, List<String>> headers, String body, Tls tls)
            implements Probe {
        public Http {
            headers = Map.copyOf(headers);
        }
    }

    /// How an https check knows its server.
    ///
    /// @param verified whether the server's certificate is checked
    /// @param name the server's, when it is another one than its address
    record Tls(boolean verified, Optional<String> name) {}

    /// A command beside the task ends with 0; 1 is a warning.
    record Script(String task, List<String> command) implements Probe {
        public Script {
            command = List.copyOf(command);
        }
    }

    /// It cannot be carried out as it is written.
    record Impossible(String because) implements Probe {}
}
