package dev.drover.manifests.validate;

import dev.drover.manifests.defaults.Defaults;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.tree.Problem;
import java.util.List;

/// Everything that a job must fulfil beyond its syntax and types: the rules in the order in which
/// people read a job file.
public final class JobRules {
    private static final List<Rule> RULES =
            List.of(
                    NameRules::check,
                    TypeRules::check,
                    CountRules::check,
                    PolicyRules::check,
                    ConstraintRules::check,
                    NetworkRules::check,
                    ServiceRules::check,
                    VolumeRules::check,
                    TaskRules::check,
                    TemplateRules::check,
                    DriverRules::check,
                    DeprecationRules::check,
                    UnlikelyRules::check);

    private JobRules() {}

    /// All problems of a job as it is stored (without defaults), errors and warnings, sorted by
    /// place.
    ///
    /// @param report knows where the job was written, or that it was not
    public static List<Problem> check(Job job, Report report) {
        Job meant = job.withSpec(Defaults.applied(job.spec(), Defaults.LEVEL));
        SizeRules.check(job, report);
        CountRules.times(job, report);
        RULES.forEach(rule -> rule.check(meant, report));
        return report.problems();
    }
}
