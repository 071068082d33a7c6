package dev.drover.controller.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A request as a route sees it.
///
/// @param id names the request in answers and in the server's log
/// @param path without the query
/// @param parameters what the route's pattern took from the path, decoded
/// @param query decoded, in the order given
/// @param headers by lower-case name; the first of several
/// @param body empty when there is none
public record Call(
        String id,
        String method,
        String path,
        Map<String, String> parameters,
        Map<String, List<String>> query,
        Map<String, String> headers,
        String body) {
    public Call {
        parameters = Map.copyOf(parameters);
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /// What the pattern took from the path.
    ///
    /// @throws IllegalStateException when the pattern of the route has no such part
    public String parameter(String name) {
        return Optional.ofNullable(parameters.get(name))
                .orElseThrow(() -> new IllegalStateException("no {" + name + "} in " + path));
    }

    /// The first value of a query parameter; an empty one counts as absent.
    public Optional<String> query(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst().filter(v -> !v.isEmpty());
    }

    /// Whether a query parameter says yes. As in Kubernetes whatever is there does, but `false` and
    /// `0`: who writes `watch=yes` waits for no list.
    public boolean flag(String name) {
        List<String> values = query.getOrDefault(name, List.of());
        return !values.isEmpty()
                && !values.getFirst().equalsIgnoreCase("false")
                && !values.getFirst().equals("0");
    }

    /// A whole number of 0 or more in the query.
    ///
    /// @throws RequestFailed when it is something else
    public long number(String name, long otherwise) throws RequestFailed {
        Optional<String> text = query(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.get().matches("[0-9]{1,18}")) {
            throw new RequestFailed(
                    Reason.BAD_REQUEST,
                    "%s=%s is not a whole number of 0 or more".formatted(name, text.get()));
        }
        return Long.parseLong(text.get());
    }

    /// A header; its name in lower case.
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /// The media type of the body in lower case, without parameters; empty when the client says
    /// none.
    public String contentType() {
        return mediaType(headers.getOrDefault("content-type", ""));
    }

    /// The media type of a content type: in lower case, without parameters.
    static String mediaType(String contentType) {
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    Call with(Map<String, String> taken) {
        return new Call(id, method, path, taken, query, headers, body);
    }
}
