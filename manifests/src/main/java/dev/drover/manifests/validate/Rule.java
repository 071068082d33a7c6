package dev.drover.manifests.validate;

import dev.drover.manifests.model.Job;

/// One thing that may be wrong with a job. It gets the job with its defaults applied.
interface Rule {
    void check(Job job, Report report);
}
