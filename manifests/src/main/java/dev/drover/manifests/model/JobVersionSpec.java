package dev.drover.manifests.model;

import java.util.Optional;

/// What a version keeps.
///
/// @param jobName the job
/// @param jobUid its life: another one after it was deleted and created again
/// @param version its number, from 0
/// @param defaultsLevel the level of defaults it was admitted under
/// @param stable whether a deployment of it succeeded
/// @param tag kept for ever when there is one
/// @param author who admitted it
/// @param job what the job was
public record JobVersionSpec(
        String jobName,
        String jobUid,
        int version,
        int defaultsLevel,
        boolean stable,
        Optional<String> tag,
        Optional<String> author,
        JobSpec job) {
    /// The same under another tag, or none.
    public JobVersionSpec withTag(Optional<String> other) {
        return new JobVersionSpec(
                jobName, jobUid, version, defaultsLevel, stable, other, author, job);
    }
}
