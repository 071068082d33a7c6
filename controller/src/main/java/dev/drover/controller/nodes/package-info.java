/// The server's end of the link to every node, as `dev.drover.manifests.wire` draws it.
///
/// ```text
///  Roster ─── who is linked, who was heard when ──▶ Watchman: silent ones are written down
///    ▲
///  NodeLink ── register, reports ──▶ store        one thread each: reads what the node says
///    ▲   ▲
///    │   └── DesiredSender ◀── marks ── AllocationFeed ◀── one watch of all allocations
///    └────── NodeStream ◀── api: logs and files, as far as the credit goes
/// ```
///
/// A node writes the status of its own allocations and of itself, nothing else. Heartbeats stay in
/// memory; only transitions are stored.
@NullMarked
package dev.drover.controller.nodes;

import org.jspecify.annotations.NullMarked;
