package dev.drover.controller.admit;

import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a job is for as long as it is there: its type, and whether it runs or is launched. What is
/// known of its copies, its deployments and what it launched means nothing to a job of another
/// nature.
final class Nature {
    private Nature() {}

    /// Why the job cannot become that; empty when it can.
    static Optional<String> refusal(Job current, JobSpec wanted) {
        JobSpec is = current.spec();
        List<String> differs = new ArrayList<>();
        if (type(is) != type(wanted)) {
            differs.add("type = \"%s\", but it is a %s job".formatted(text(wanted), text(is)));
        }
        launch("periodic", is.periodic().isPresent(), wanted.periodic().isPresent())
                .ifPresent(differs::add);
        launch("parameterized", is.parameterized().isPresent(), wanted.parameterized().isPresent())
                .ifPresent(differs::add);
        return differs.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        """
                        Job %s: %s
                          why: what runs and what is known of it belong to a job of another kind
                          fix: `drover stop -purge %s` first, or give this job another name\
                        """
                                .formatted(
                                        current.name(),
                                        String.join("; ", differs),
                                        current.metadata().name()));
    }

    private static Optional<String> launch(String block, boolean is, boolean wanted) {
        if (is == wanted) {
            return Optional.empty();
        }
        return Optional.of(
                is
                        ? "no %1$s block, but it is %1$s".formatted(block)
                        : "a %1$s block, but it is not %1$s".formatted(block));
    }

    private static JobType type(JobSpec spec) {
        return spec.type().orElse(JobType.SERVICE);
    }

    private static String text(JobSpec spec) {
        return type(spec).name().toLowerCase(Locale.ROOT);
    }
}
