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

/// The few values that every reader fills in while it reads, in all syntaxes alike: a job file that
/// states them and one that does not are the same job, here as in Nomad. They are part of the
/// language and never change; everything else is in [Defaults].
public final class Completion {

    private static final Filler FILLER =
            new Filler(
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
                            Map.of("type", "horizontal")));

    private Completion() {}

    /// The spec as every reader hands it on.
    public static JobSpec of(JobSpec spec) {
        return FILLER.fill(spec);
    }
}
