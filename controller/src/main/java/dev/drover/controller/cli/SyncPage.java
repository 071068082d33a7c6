package dev.drover.controller.cli;

import dev.drover.manifests.model.GitSource;
import dev.drover.manifests.model.ManifestDecision;
import dev.drover.manifests.model.SyncPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What `sync status` shows.
final class SyncPage {
    /// As much of a commit's name as Git itself shows.
    private static final int COMMIT_SHOWN = 8;

    private final Out out;
    private final Instant now;

    SyncPage(Out out, Instant now) {
        this.out = out;
        this.now = now;
    }

    /// All sources, a row each.
    void list(List<GitSource> sources) {
        if (sources.isEmpty()) {
            out.line("No Git sources");
            return;
        }
        out.table(
                new Table(
                        List.of("Name", "Policy", "Commit", "Fetched", "Result"),
                        sources.stream().map(this::row).toList()));
    }

    private List<String> row(GitSource source) {
        return List.of(
                source.metadata().name(),
                policy(source),
                commit(source.status().commit()),
                Times.ago(source.status().fetched(), now),
                source.status().because());
    }

    /// One source, and what became of each of its manifests.
    void one(GitSource source) {
        var fields = new Fields();
        fields.add("Name", source.metadata().name());
        fields.add("URL", source.spec().url());
        fields.add("Ref", source.spec().ref().orElse("the remote's default branch"));
        fields.add("Path", source.spec().path().orElse("/"));
        fields.add("Policy", policy(source));
        fields.add("Interval", Times.span(source.spec().interval().orElse(Duration.ofMinutes(1))));
        fields.add("Commit", source.status().commit().orElse(Fields.NONE));
        fields.add("Fetched", Times.ago(source.status().fetched(), now));
        fields.add("Tried", Times.ago(source.status().attempted(), now));
        fields.add("Result", source.status().because());
        out.fields(fields);
        out.blank();
        out.title("Manifests");
        out.table(
                new Table(
                        List.of("Place", "Resource", "Outcome", "Why"),
                        source.status().manifests().stream().map(SyncPage::row).toList()));
    }

    private static List<String> row(ManifestDecision decision) {
        return List.of(
                decision.place(),
                decision.resource().isEmpty() ? Fields.NONE : decision.resource(),
                Wording.word(decision.outcome()),
                decision.because());
    }

    private static String policy(GitSource source) {
        return Wording.word(source.spec().policy().orElse(SyncPolicy.DETECT));
    }

    private static String commit(Optional<String> commit) {
        return commit.map(c -> c.substring(0, Math.min(COMMIT_SHOWN, c.length())))
                .orElse(Fields.NONE);
    }
}
