package dev.drover.controller.cli;

import dev.drover.manifests.model.Evaluation;
import java.time.Instant;

/// What `eval status` shows of one evaluation.
final class EvaluationPage {
    private final Out out;
    private final Instant now;

    EvaluationPage(Out out, Instant now) {
        this.out = out;
        this.now = now;
    }

    /// All of it.
    void show(Evaluation evaluation) {
        var spec = evaluation.spec();
        var status = evaluation.status();
        out.fields(
                new Fields()
                        .add("ID", evaluation.metadata().name())
                        .add(
                                "Create Time",
                                Times.ago(evaluation.metadata().creationTimestamp(), now))
                        .add("Status", Wording.word(status.outcome()))
                        .add("Status Description", status.because())
                        .add("TriggeredBy", spec.trigger())
                        .add("Job ID", spec.jobName())
                        .add("Job Version", spec.jobVersion())
                        .add("Namespace", evaluation.metadata().namespace())
                        .add("Priority", spec.priority())
                        .add("Placed", status.placed().size())
                        .add("Stopped", status.stopped().size())
                        .add("Placement Failures", Boolean.toString(!status.unplaced().isEmpty())));
        if (!status.unplaced().isEmpty()) {
            out.blank();
            out.title("Failed Placements");
            Wording.unplaced(status.unplaced()).forEach(out::line);
        }
    }
}
