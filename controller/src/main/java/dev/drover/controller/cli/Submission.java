package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Written;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobPhase;
import dev.drover.manifests.model.JobStatus;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// What is said about a job that was just written: its story, or only where to look.
///
/// @param detach whether nobody waits for the end
record Submission(Monitor monitor, Out out, boolean detach) {

    /// As the invocation's options say.
    static Submission of(Client client, Invocation invocation) {
        var monitor = new Monitor(client, invocation.out(), invocation.session().clock());
        return new Submission(monitor, invocation.out(), invocation.flag("--detach"));
    }

    /// Reports what the write did; returns the exit code.
    ///
    /// @param before the job's allocations before it
    int report(Written<Job> written, List<Allocation> before)
            throws IOException, InterruptedException {
        Job job = written.resource();
        return switch (written) {
            case Written.Unchanged<Job> _ -> unchanged(job, before);
            case Written.Created<Job> _, Written.Changed<Job> _ when detach -> detached(job);
            case Written.Created<Job> _, Written.Changed<Job> _ -> monitor.follow(job, before);
        };
    }

    /// What was submitted before, perhaps by the same script, may still be on its way.
    private int unchanged(Job job, List<Allocation> before)
            throws IOException, InterruptedException {
        out.line(
                "Job \""
                        + job.metadata().name()
                        + "\" is unchanged (version "
                        + job.status().version()
                        + "): "
                        + job.state());
        if (detach) {
            return 0;
        }
        return moves(job) ? monitor.follow(job, before) : ended(job);
    }

    /// Whether it is still to become what was asked for, or to come to its end.
    private static boolean moves(Job job) {
        JobStatus status = job.status();
        if (job.stopped() || job.template() || status.phase() == JobPhase.DEAD) {
            return false;
        }
        return job.type().ends()
                || status.observedGeneration() < job.metadata().generation()
                || status.conditions().stream()
                        .anyMatch(c -> c.type().equals("Reconciling") && c.status().equals("True"));
    }

    /// It may have failed since.
    private int ended(Job job) {
        Optional<String> because =
                job.because().filter(_ -> job.status().phase() == JobPhase.DEAD && !job.stopped());
        because.ifPresent(out::warning);
        return because.isPresent() ? 1 : 0;
    }

    private int detached(Job job) {
        out.line(
                job.stopped()
                        ? "Job \"" + job.metadata().name() + "\" is told to stop"
                        : "Job registration successful");
        job.status().evaluation().ifPresent(id -> out.line("Evaluation ID: " + id));
        return 0;
    }
}
