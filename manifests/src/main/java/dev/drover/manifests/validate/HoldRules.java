package dev.drover.manifests.validate;

import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Path;
import dev.drover.manifests.tree.Problem;
import java.util.List;

/// What a hold must say: what is held, by whom, and why.
public final class HoldRules {
    private HoldRules() {}

    /// Everything that is wrong with a hold.
    public static List<Problem> check(Hold hold, Report report) {
        Kind kind = hold.spec().kind();
        if (kind != Kind.JOB && kind != Kind.NODE) {
            report.add(
                    Code.INVALID_VALUE,
                    Path.ROOT.field("kind"),
                    "a " + kind.text() + " cannot be held",
                    "loops act on jobs and nodes; the rest follows them",
                    "hold its job, or its node");
        }
        said(hold.spec().name(), "name", "the name of what is held", report);
        said(hold.spec().who(), "who", "who holds it: others will want to ask", report);
        said(hold.spec().why(), "why", "why: others will want to know", report);
        return report.problems();
    }

    private static void said(String text, String field, String what, Report report) {
        if (text.isBlank()) {
            report.add(Code.MISSING_FIELD, Path.ROOT, field + " is required", "say " + what);
        }
    }
}
