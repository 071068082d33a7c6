package dev.drover.manifests.model;

import java.util.List;
import java.util.Optional;

/// What a user interface shows beside a job.
///
/// @param description a sentence or two about the job
/// @param links where people find more
public record JobUi(Optional<String> description, List<JobLink> links) {
    public JobUi {
        links = List.copyOf(links);
    }
}
