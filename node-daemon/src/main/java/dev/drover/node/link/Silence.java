package dev.drover.node.link;

import java.time.Duration;

/// How long the server has said nothing.
///
/// @param lasting since its last word
/// @param doubtful how much longer it may be no silence at all: the server speaks now and then
///   only, and a daemon that has just started has yet to dial; never negative
public record Silence(Duration lasting, Duration doubtful) {}
