package dev.drover.reconcilers.periodic;

import dev.drover.manifests.cron.Timetable;
import dev.drover.manifests.model.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// When a periodic job is launched.
///
/// Times that passed while no server ran are made up for by one launch. One that comes while an
/// earlier launch still runs is left out where the job prohibits overlap.
public final class Periodic {
    /// Clocks are mended by a little all the time. One that goes back by more was set, and times
    /// that were over come again.
    private static final Duration CLOCK_STEP = Duration.ofMinutes(1);

    private Periodic() {}

    /// The next step.
    public static PeriodicStep next(PeriodicView view, Instant now) {
        if (!view.policy().enabled().orElse(true)) {
            return new PeriodicStep.Wait(Optional.empty(), "its clock is switched off");
        }
        Optional<Instant> since = since(view, now.plus(CLOCK_STEP));
        if (since.isEmpty()) {
            return new PeriodicStep.Pass(
                    Timetable.after(view.policy(), now), "the clock was set back");
        }
        Optional<Instant> due = Timetable.after(view.policy(), since.get());
        if (due.isEmpty()) {
            return new PeriodicStep.Wait(due, "its time never comes again");
        }
        return now.isBefore(due.get())
                ? new PeriodicStep.Wait(due, "it is launched next at " + due.get())
                : due(view, due.get(), now);
    }

    /// Launches are due for times after this one; empty when what is known lies in the future.
    private static Optional<Instant> since(PeriodicView view, Instant latest) {
        return view.launched().filter(latest::isBefore).isPresent()
                ? Optional.empty()
                : Stream.concat(view.launched().stream(), Stream.of(view.registered()))
                        .filter(time -> !time.isAfter(latest))
                        .max(Comparator.naturalOrder());
    }

    private static PeriodicStep due(PeriodicView view, Instant time, Instant now) {
        Optional<Instant> next = Timetable.after(view.policy(), now);
        String name = Job.nameOfLaunch(view.job().metadata().name(), time);
        if (view.names().contains(name)) {
            return new PeriodicStep.Pass(next, name + " is there already");
        }
        if (view.living().isPresent() && view.policy().prohibitOverlap().orElse(false)) {
            return new PeriodicStep.Pass(
                    next,
                    "no launch for %s: %s is not over, and the job prohibits overlap"
                            .formatted(time, view.living().get()));
        }
        return new PeriodicStep.Launch(time, next, "launched for " + time);
    }
}
