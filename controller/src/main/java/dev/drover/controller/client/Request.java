package dev.drover.controller.client;

import java.util.Optional;

/// One HTTP request.
///
/// @param method in capitals
/// @param target path and query, already escaped
/// @param body JSON text
/// @param accept the form in which the reply is wanted
/// @param endless whether the reply may pause for as long as it likes: watches and followed logs
public record Request(
        String method, String target, Optional<String> body, String accept, boolean endless) {
    private static final String JSON = "application/json";

    /// As `kubectl get` asks.
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";

    /// A request that reads.
    public static Request read(String target) {
        return new Request("GET", target, Optional.empty(), JSON, false);
    }

    /// A request that reads resources as rows of a table.
    static Request table(String target) {
        return new Request("GET", target, Optional.empty(), TABLE, false);
    }

    /// The same for as long as the server has something to say.
    static Request followTable(String target) {
        return new Request("GET", target, Optional.empty(), TABLE, true);
    }

    /// A request that reads for as long as the server has something to say.
    public static Request follow(String target) {
        return new Request("GET", target, Optional.empty(), JSON, true);
    }

    /// A request that writes JSON.
    public static Request write(String method, String target, String json) {
        return new Request(method, target, Optional.of(json), JSON, false);
    }

    /// A request that says something and is answered for as long as it takes.
    public static Request converse(String target, String json) {
        return new Request("POST", target, Optional.of(json), JSON, true);
    }

    /// A request that deletes.
    public static Request delete(String target) {
        return new Request("DELETE", target, Optional.empty(), JSON, false);
    }
}
