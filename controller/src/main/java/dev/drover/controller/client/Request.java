package dev.drover.controller.client;

import java.util.Optional;

/// One HTTP request.
///
/// @param method in capitals
/// @param target path and query, already escaped
/// @param body JSON text
/// @param endless whether the reply may pause for as long as it likes: watches and followed logs
public record Request(String method, String target, Optional<String> body, boolean endless) {

    /// A request that reads.
    public static Request read(String target) {
        return new Request("GET", target, Optional.empty(), false);
    }

    /// A request that reads for as long as the server has something to say.
    public static Request follow(String target) {
        return new Request("GET", target, Optional.empty(), true);
    }

    /// A request that writes JSON.
    public static Request write(String method, String target, String json) {
        return new Request(method, target, Optional.of(json), false);
    }

    /// A request that deletes.
    public static Request delete(String target) {
        return new Request("DELETE", target, Optional.empty(), false);
    }
}
