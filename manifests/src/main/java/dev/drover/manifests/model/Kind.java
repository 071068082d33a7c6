package dev.drover.manifests.model;

import java.util.Optional;

/// A kind of resource: the word in manifests, the plural in URLs and store keys, the short name on
/// the command line.
public enum Kind {
    JOB("Job", "jobs", "job", true),
    JOB_VERSION("JobVersion", "jobversions", "jv", true),
    ALLOCATION("Allocation", "allocations", "alloc", true),
    EVALUATION("Evaluation", "evaluations", "eval", true),
    DEPLOYMENT("Deployment", "deployments", "deploy", true),
    VARIABLE("Variable", "variables", "var", true),
    GIT_SOURCE("GitSource", "gitsources", "git", true),
    NODE("Node", "nodes", "dn", false),
    NAMESPACE("Namespace", "namespaces", "ns", false),
    HOLD("Hold", "holds", "hold", true),
    SCHEDULER_CONFIG("SchedulerConfig", "schedulerconfigs", "schedconf", false);

    /// The API group and version of every kind.
    public static final String API_VERSION = "drover.dev/v1";

    private final String text;
    private final String plural;
    private final String shortName;
    private final boolean namespaced;

    Kind(String text, String plural, String shortName, boolean namespaced) {
        this.text = text;
        this.plural = plural;
        this.shortName = shortName;
        this.namespaced = namespaced;
    }

    /// As written after `kind:`.
    public String text() {
        return text;
    }

    /// As in URLs and store keys.
    public String plural() {
        return plural;
    }

    /// As typed by people in a hurry.
    public String shortName() {
        return shortName;
    }

    /// Whether resources of this kind live in a namespace; the others have the empty one in their
    /// keys.
    public boolean namespaced() {
        return namespaced;
    }

    /// The kind that `word` names: its text, plural, singular or short name in any case.
    public static Optional<Kind> of(String word) {
        for (Kind kind : values()) {
            if (word.equalsIgnoreCase(kind.text)
                    || word.equalsIgnoreCase(kind.plural)
                    || word.equalsIgnoreCase(kind.shortName)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
