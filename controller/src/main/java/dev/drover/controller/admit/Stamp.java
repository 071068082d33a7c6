package dev.drover.controller.admit;

import java.time.Instant;

/// What a decision needs that no decision may make up: time and new ids.
///
/// @param uid for a resource that is born
/// @param versionUid for a job version
/// @param evaluation the id under which the next decision about a job will be recorded
/// @param author who asks
/// @param defaultsLevel the level of defaults that the spec was checked under
public record Stamp(
        Instant now,
        String uid,
        String versionUid,
        String evaluation,
        String author,
        int defaultsLevel) {}
