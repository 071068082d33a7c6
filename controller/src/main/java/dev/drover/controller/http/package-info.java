/// How the controller speaks HTTP: one listener, a table of routes as data, and answers as types.
/// The only package, beside the node link, that knows Vert.x; a route blocks plainly on its own
/// virtual thread and never sees it.
///
/// ```text
///  event loop                                          virtual thread, one per request
///   HttpEdge ─▶ Gate (Host, Origin, content type)
///            ─▶ body, bounded ─▶ RouteTable ─────────▶ Endpoint.answer(Call) ─▶ Answer
///            ◀──────────────────────────────────────── Exchange writes it, chunk by chunk
/// ```
@NullMarked
package dev.drover.controller.http;

import org.jspecify.annotations.NullMarked;
