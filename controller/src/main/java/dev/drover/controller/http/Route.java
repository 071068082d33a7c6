package dev.drover.controller.http;

/// One row of the route table.
///
/// @param method in capitals
/// @param pattern a path; `{name}` takes one segment, decoded
/// @param summary one line for docs/api.md
public record Route(String method, String pattern, String summary, Endpoint endpoint) {}
