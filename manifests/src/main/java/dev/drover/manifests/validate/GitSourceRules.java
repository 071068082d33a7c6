package dev.drover.manifests.validate;

import dev.drover.manifests.model.GitSource;
import dev.drover.manifests.model.GitSourceSpec;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Path;
import dev.drover.manifests.tree.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a source in Git must say: which repository, by a transport that runs no program.
public final class GitSourceRules {
    private static final String FORM = "write file:///path or https://host/path";

    /// A shorter time would ask a server more often than it can answer.
    private static final Duration INTERVAL_MIN = Duration.ofSeconds(1);

    private GitSourceRules() {}

    /// Everything that is wrong with a source.
    public static List<Problem> check(GitSource source, Report report) {
        GitSourceSpec spec = source.spec();
        Path url = Path.ROOT.field("url");
        if (spec.url().isBlank()) {
            report.add(Code.MISSING_FIELD, Path.ROOT, "url is required", FORM);
        } else {
            refusal(spec.url())
                    .ifPresent(refusal ->
                            report.add(Code.INVALID_VALUE, url, refusal.what(), refusal.fix()));
        }
        if (spec.interval().filter(time -> time.compareTo(INTERVAL_MIN) < 0).isPresent()) {
            report.add(
                    Code.OUT_OF_RANGE,
                    Path.ROOT.field("interval"),
                    "interval must be 1s or more",
                    "leave it out to look once a minute");
        }
        return report.problems();
    }

    /// Why an address is refused, and what to write instead.
    public record Refusal(String what, String fix) {}

    /// Empty when an address is not refused. Only `file:` and `https:`: other transports run
    /// programs or send in clear. Compared exactly, so that nothing that a shell or Git would read
    /// as an option passes. Credentials are never repeated.
    public static Optional<Refusal> refusal(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException _) {
            return refused("the url is no URL", FORM);
        }
        if (uri.getRawUserInfo() != null) {
            return refused(
                    "the url holds credentials, which everybody could read", "leave them out");
        }
        String scheme = Optional.ofNullable(uri.getScheme()).orElse("");
        if (!scheme.equals("file") && !scheme.equals("https")) {
            return refused("the scheme of " + url + " is not supported", FORM);
        }
        return scheme.equals("file") && uri.getHost() != null
                ? refused(url + " names a host", "write file:///path")
                : Optional.empty();
    }

    private static Optional<Refusal> refused(String what, String fix) {
        return Optional.of(new Refusal(what, fix));
    }
}
