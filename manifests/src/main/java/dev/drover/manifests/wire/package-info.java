/// The protocol between a node and the controller, as records. The node dials; one WebSocket
/// (`Wire.PATH`) carries everything:
///
/// ```text
///  node                                   controller
///   │ Register ─────────────────────────▶ │  refused: name taken by another uid, protocol unknown
///   │ ◀──────────── Registered or Refused │
///   │ ◀────────────────── Desired (whole) │  then changes, each at its revision
///   │ Report n ─────────────────────────▶ │  stored, then
///   │ ◀────────────────────── ReportTaken │
///   │ Heartbeat ────────────────────────▶ │
///   │ ◀─────────────────────── OpenStream │
///   │ binary: stream number, data ──────▶ │  as far as the credit goes
///   │ ◀─────────────────────────── Credit │
///   │ ◀────────────────────── StreamInput │  for a command, as far as the input's credit goes
///   │ InputCredit ──────────────────────▶ │
///   │ StreamEnd ────────────────────────▶ │
/// ```
///
/// Text frames are JSON objects whose `type` is the record's name in lowerCamelCase. Control frames
/// go before stream frames. Lost and doubled reports are harmless: the server keeps the highest
/// sequence number per node and takes no older one. An unknown field is ignored; an unknown `type`
/// ends the link with a reason.
@NullMarked
package dev.drover.manifests.wire;

import org.jspecify.annotations.NullMarked;
