package dev.drover.reconcilers.counting;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.DesiredState;
import dev.drover.reconcilers.counting.AllocationPlan.Missing;
import dev.drover.reconcilers.counting.AllocationPlan.Stop;
import dev.drover.reconcilers.counting.Rollout.Way;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// One walk over the slots of a group.
final class Count {
    private static final String OTHER = "another copy is in its slot";

    private final GroupView view;
    private final Rollout rollout;

    /// The newest older version that runs: what a slot gets while the wanted one is not trusted.
    private final Optional<Integer> steady;

    private final List<Missing> missing = new ArrayList<>();
    private final List<Stop> stops = new ArrayList<>();
    private final List<Allocation> inPlace = new ArrayList<>();
    private final List<Allocation> held = new ArrayList<>();
    private final List<Outdated> outdated = new ArrayList<>();
    private int settling;
    private int waiting;

    /// Nodes of a system job that have the wanted version, or are about to: its canaries.
    private int tried;

    private boolean ill;

    /// A live copy of an older version, and the number of the one that would follow it.
    private record Outdated(Slot slot, int attempt, Allocation copy) {}

    Count(GroupView view) {
        this.view = view;
        this.rollout = view.rollout();
        this.steady =
                view.allocations().stream()
                        .filter(copy -> copy.live() && !copy.spec().canary())
                        .filter(copy -> view.effect().apply(copy) == Effect.REPLACE)
                        .map(copy -> copy.spec().jobVersion())
                        .max(Comparator.naturalOrder());
        this.tried =
                (int)
                        view.allocations().stream()
                                .filter(copy -> copy.live() && effect(copy) != Effect.REPLACE)
                                .map(Slot.slots(view.type()))
                                .distinct()
                                .count();
    }

    /// @param position of the slot among the wanted ones
    void wanted(Slot slot, List<Allocation> newestFirst, int position) {
        if (newestFirst.isEmpty() && !tries(position)) {
            fresh(slot, 0, false); // as in every new job: nothing to look through
            return;
        }
        if (newestFirst.size() == 1 && !tries(position) && stands(newestFirst.getFirst())) {
            settle(newestFirst.getFirst()); // as in every job at rest: nothing to choose from
            return;
        }
        int attempt = newestFirst.isEmpty() ? 0 : newestFirst.getFirst().spec().attempt() + 1;
        List<Allocation> canaries = newestFirst.stream().filter(c -> c.spec().canary()).toList();
        List<Allocation> main = newestFirst.stream().filter(c -> !c.spec().canary()).toList();
        boolean crowded = canaries.stream().anyMatch(c -> c.occupies() && !tried(c, position));
        int made = missing.size();
        main(slot, main, attempt, crowded);
        canary(slot, canaries, attempt + missing.size() - made, position, main);
    }

    /// Whether a copy that is alone in its slot is what is wanted there.
    private boolean stands(Allocation copy) {
        return copy.live()
                && !unknown(copy)
                && !copy.spec().canary()
                && effect(copy) == Effect.NONE;
    }

    // ---- canaries: beside the copies they are to take over from

    /// Whether the slot at that place is to have a canary.
    private boolean tries(int position) {
        return rollout.way() != Way.FAILED && position < rollout.canaries();
    }

    /// Whether it is a canary that somebody still waits for.
    private boolean tried(Allocation copy, int position) {
        return tries(position) && view.effect().apply(copy) == Effect.NONE;
    }

    private void canary(
            Slot slot, List<Allocation> there, int attempt, int position, List<Allocation> main) {
        List<Allocation> ours = there.stream().filter(copy -> tried(copy, position)).toList();
        stop(
                there.stream().filter(copy -> !tried(copy, position)).toList(),
                "the deployment that tried it is over");
        boolean wanted = tries(position);
        if (!wanted || isNew(main) || view.everywhere()) {
            return;
        }
        Optional<Allocation> newest = ours.stream().findFirst();
        boolean open = ours.stream().anyMatch(Allocation::occupies);
        boolean otherOpen = there.stream().anyMatch(c -> c.occupies() && !ours.contains(c));
        if (newest.filter(this::failedForNow).isPresent()) {
            held.add(newest.get());
        } else if (open) {
            settle(newest.get());
        } else if (rollout.way() == Way.PAUSED) {
            waiting++;
        } else if (otherOpen) {
            settling++;
        } else {
            missing.add(new Missing(slot, attempt, newest, Optional.empty(), true));
        }
    }

    /// Whether the slot has the wanted version without a canary: one took over, or what was there
    /// is carried over to it.
    private boolean isNew(List<Allocation> main) {
        return !main.isEmpty() && effect(Slot.last(main)) != Effect.REPLACE;
    }

    // ---- everybody else

    /// @param crowded whether something else still has to leave the slot before a new copy comes
    private void main(Slot slot, List<Allocation> newestFirst, int attempt, boolean crowded) {
        Optional<Allocation> newest = newestFirst.stream().findFirst();
        List<Allocation> open = newestFirst.stream().filter(Allocation::occupies).toList();
        List<Allocation> live = open.stream().filter(Allocation::live).toList();
        List<Allocation> near = live.stream().filter(copy -> !unknown(copy)).toList();
        Optional<Allocation> end =
                newestFirst.stream()
                        .filter(copy -> effect(copy) == Effect.NONE && done(copy))
                        .findFirst();
        if (end.isPresent()) {
            stop(near, "another copy of its slot is done", end.get());
            return;
        }
        Optional<Allocation> last = newest.map(_ -> Slot.last(newestFirst));
        if (near.isEmpty() && open.size() == live.size() && last.filter(this::done).isPresent()) {
            return; // also where an earlier one may come back with its node
        }
        boolean failed = last.filter(this::failedForNow).isPresent();
        if (failed && (open.isEmpty() || effect(last.get()) != Effect.REPLACE)) {
            held.add(last.get());
        } else if (!near.isEmpty()) {
            if (open.size() > live.size() && newest.filter(Allocation::live).isEmpty()) {
                settling++; // the copy that was to follow stops
            } else if (!view.absent().replace() && followed(live, near)) {
                settling++; // or its node is silent, and it may come back
            } else {
                live(slot, attempt, near);
            }
        } else if (!live.isEmpty() && open.size() == live.size() && replacedNow(live)) {
            fill(slot, attempt, newest, crowded);
        } else if (!open.isEmpty()) {
            settling++;
            tried++;
        } else if (newest.isEmpty()) {
            fresh(slot, attempt, crowded);
        } else {
            fill(slot, attempt, newest, crowded);
        }
    }

    /// Whether only a silent node has the version that is wanted.
    private boolean followed(List<Allocation> live, List<Allocation> near) {
        return near.stream().allMatch(copy -> effect(copy) == Effect.REPLACE)
                && live.stream().anyMatch(copy -> effect(copy) != Effect.REPLACE);
    }

    /// Whether another copy takes the place of those on silent nodes: not once one of the nodes is
    /// back, which will say what became of its copy.
    private boolean replacedNow(List<Allocation> silent) {
        return view.absent().replace() && silent.stream().noneMatch(view.heard());
    }

    private static boolean unknown(Allocation copy) {
        return copy.status().phase() == AllocationPhase.UNKNOWN;
    }

    /// Whether it failed and the restart loop has not given its slot up.
    private boolean failedForNow(Allocation copy) {
        return copy.status().phase() == AllocationPhase.FAILED
                && copy.spec().desired() == DesiredState.RUN
                && (effect(copy) != Effect.REPLACE || rollout.frozen());
    }

    /// Also when it was told to stop and came to its end before it heard of it; but not for a job
    /// that was stopped and is to run again, which is a newer version.
    private boolean done(Allocation copy) {
        if (!view.runsToEnd() || copy.status().phase() != AllocationPhase.COMPLETE) {
            return false;
        }
        return copy.spec().desired() == DesiredState.RUN
                ? effect(copy) != Effect.REPLACE
                : effect(copy) == Effect.NONE && copy.status().ranToEnd();
    }

    /// A slot that never had a copy.
    private void fresh(Slot slot, int attempt, boolean crowded) {
        boolean waits = rollout.way() == Way.PAUSED || rollout.canaries() > 0 || steady.isPresent();
        if (rollout.frozen() && waits && !(view.everywhere() && steady.isPresent())) {
            waiting++;
        } else {
            fill(slot, attempt, Optional.empty(), crowded);
        }
    }

    private void fill(Slot slot, int attempt, Optional<Allocation> previous, boolean crowded) {
        if (crowded) {
            settling++;
            return;
        }
        Optional<Integer> earlier = Optional.empty();
        boolean trial = trial() && tried < rollout.canaries() && previous.isPresent();
        if (trial) {
            tried++;
        } else if (rollout.frozen()) {
            earlier =
                    previous.isEmpty()
                            ? steady
                            : previous.filter(copy -> effect(copy) == Effect.REPLACE)
                                    .map(copy -> copy.spec().jobVersion());
        }
        missing.add(new Missing(slot, attempt, previous, earlier, false));
    }

    /// @param near the live copies of the slot whose nodes are heard, newest first
    private void live(Slot slot, int attempt, List<Allocation> near) {
        List<Allocation> wanted =
                near.stream().filter(copy -> effect(copy) != Effect.REPLACE).toList();
        if (wanted.isEmpty()) {
            Allocation best =
                    near.stream().filter(this::serves).findFirst().orElse(near.getFirst());
            outdated.add(new Outdated(slot, attempt, best));
            stop(without(near, best), OTHER, best);
            return;
        }
        Allocation best = Reunion.best(wanted, view.absent().keep(), this::serves);
        List<Allocation> others = without(wanted, best);
        if (serves(best) || others.stream().noneMatch(this::serves)) {
            stop(others, OTHER, best);
        }
        List<Allocation> old = near.stream().filter(c -> !wanted.contains(c)).toList();
        boolean givenUp = rollout.way() == Way.FAILED && wanted.stream().noneMatch(this::serves);
        Optional<Allocation> refuge =
                old.stream().filter(this::serves).findFirst().or(() -> old.stream().findFirst());
        if (givenUp && refuge.isPresent()) {
            stop(List.of(best), "the deployment that tried it is over", refuge.get());
            stop(without(old, refuge.get()), OTHER, refuge.get());
            waiting++;
            return;
        }
        if (effect(best) == Effect.IN_PLACE) {
            inPlace.add(best);
        }
        settle(best);
        if (rollout.serves(best, Effect.NONE)) {
            stop(old, "a newer copy is in its slot", best);
        }
    }

    /// @param copy of the wanted version, or about to be carried over to it: from then on its
    ///   health has to be known, so that the rest of this turn waits for it as the next one will
    private void settle(Allocation copy) {
        if (!rollout.serves(copy, Effect.NONE)) {
            settling++;
        }
        ill |= rollout.health().required() && !rollout.health().of(copy).orElse(true);
    }

    private static List<Allocation> without(List<Allocation> copies, Allocation one) {
        return copies.stream().filter(copy -> !copy.equals(one)).toList();
    }

    private boolean serves(Allocation copy) {
        return rollout.serves(copy, effect(copy));
    }

    private Effect effect(Allocation copy) {
        return view.effect().apply(copy);
    }

    void stop(List<Allocation> allocations, String because) {
        stop(allocations, because, Optional.empty());
    }

    private void stop(List<Allocation> allocations, String because, Allocation stays) {
        stop(allocations, because, Optional.of(stays));
    }

    private void stop(List<Allocation> allocations, String because, Optional<Allocation> stays) {
        allocations.stream()
                .filter(Allocation::live)
                .forEach(copy -> stops.add(new Stop(copy, because, stays)));
    }

    AllocationPlan done() {
        int now = replaceable();
        outdated.stream().sorted(leastLossFirst()).limit(now).forEach(this::replace);
        return new AllocationPlan(
                missing, stops, inPlace, held, waiting + outdated.size() - now, settling);
    }

    /// Who does not serve is no loss; who is known to serve is a greater one than who only runs,
    /// and has perhaps just taken the place of one that did.
    private Comparator<Outdated> leastLossFirst() {
        return Comparator.comparing((Outdated old) -> serves(old.copy))
                .thenComparing(old -> old.copy.status().healthy().orElse(false));
    }

    /// How many old copies may be replaced now.
    private int replaceable() {
        if (rollout.way() != Way.OPEN || ill || (rollout.canaries() > 0 && !trial())) {
            return 0;
        }
        long replacing = missing.stream().filter(m -> m.previous().isPresent()).count();
        long out = settling + held.size() + replacing;
        long may = rollout.maxParallel() == 0 ? outdated.size() : rollout.maxParallel() - out;
        if (trial()) {
            may = Math.min(may, rollout.canaries() - tried);
        }
        return Math.clamp(may, 0, outdated.size());
    }

    /// Whether a system job tries its canaries: on some of its nodes, in the place of old copies.
    private boolean trial() {
        return view.everywhere() && rollout.canaries() > 0 && rollout.way() == Way.OPEN;
    }

    private void replace(Outdated old) {
        if (rollout.surge() && serves(old.copy)) {
            missing.add(
                    new Missing(
                            old.slot, old.attempt, Optional.of(old.copy), Optional.empty(), false));
        } else {
            stops.add(new Stop(old.copy, "a newer version replaces it", Optional.empty()));
        }
    }
}
