package dev.drover.controller.api;

import dev.drover.controller.admit.Admission;
import dev.drover.controller.admit.Admitted;
import dev.drover.controller.http.Answer;
import dev.drover.controller.http.Call;
import dev.drover.controller.http.RequestFailed;
import dev.drover.controller.plan.CurrentView;
import dev.drover.controller.plan.Planner;
import dev.drover.manifests.defaults.Defaults;
import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Kind;
import java.time.InstantSource;
import java.util.Locale;

/// Answers what a write would do: a dry run of admission, then the loops' decision about its
/// result.
final class Plans {
    private final Admission admission;
    private final CurrentView view;
    private final InstantSource clock;

    Plans(Admission admission, CurrentView view, InstantSource clock) {
        this.admission = admission;
        this.view = view;
        this.clock = clock;
    }

    Answer plan(Call call) throws RequestFailed, InterruptedException {
        Target target =
                new Target(
                        Kind.JOB,
                        Target.plain(call.parameter("namespace")),
                        Target.plain(call.parameter("name")));
        Admitted admitted =
                Bodies.told(
                        target,
                        call,
                        admission.put(
                                Writes.wanted(target, call), Writes.terms(call).dryRun(true)));
        if (admitted instanceof Admitted.Stored(Admitted.Effect effect, Job job)) {
            return Answer.json(
                    RecordJson.text(
                            Planner.plan(
                                    view.cluster(),
                                    effect.name().toLowerCase(Locale.ROOT),
                                    job,
                                    Defaults.applied(job.spec(), Defaults.LEVEL),
                                    clock.instant())));
        }
        return Writes.answer(target, admitted);
    }
}
