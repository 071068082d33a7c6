package dev.drover.manifests.defaults;

import dev.drover.manifests.model.Affinity;
import dev.drover.manifests.model.ChangeScript;
import dev.drover.manifests.model.Constraint;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.Scaling;
import dev.drover.manifests.model.Template;
import dev.drover.manifests.model.VaultOptions;
import dev.drover.manifests.shape.Filler;
import java.time.Duration;
import java.util.Map;

/// The few values that Nomad's parser fills in before anybody else sees a job. What is stored here
/// is what the author wrote; these are for those who want Nomad's reading of a file, and among
/// [Defaults] as well.
public final class Completion {

    static final Map<Class<? extends Record>, Map<String, ?>> VALUES =
            Map.of(
                    Constraint.class,
                    Map.of("operator", "="),
                    Affinity.class,
                    Map.of("operator", "="),
                    Template.class,
                    Map.of(
                            "changeMode",
                            "restart",
                            "perms",
                            "0644",
                            "splay",
                            Duration.ofSeconds(5)),
                    ChangeScript.class,
                    Map.of("timeout", Duration.ofSeconds(5), "failOnError", false),
                    VaultOptions.class,
                    Map.of("env", true, "changeMode", "restart"),
                    Scaling.class,
                    Map.of("type", "horizontal"));

    private static final Filler FILLER = new Filler(VALUES);

    private Completion() {}

    /// The spec as Nomad's parser hands it on.
    public static JobSpec of(JobSpec spec) {
        return FILLER.fill(spec);
    }
}
