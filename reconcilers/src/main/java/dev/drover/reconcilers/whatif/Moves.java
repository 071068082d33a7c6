package dev.drover.reconcilers.whatif;

import dev.drover.manifests.model.Allocation;
import dev.drover.reconcilers.cluster.Belongings;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.whatif.Fork.Event;
import dev.drover.reconcilers.whatif.WhatIf.Move;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What moved on a fork, in the order in which it began.
final class Moves {
    private final Fork fork;
    private final Cluster before;
    private final List<Begun> begun = new ArrayList<>();

    private record Begun(Event event, String title, String from, String to) {}

    private Moves(Fork fork, Cluster before) {
        this.fork = fork;
        this.before = before;
    }

    /// @param before the cluster from which the fork went its own way
    static List<Move> of(Fork fork, Cluster before) {
        Moves moves = new Moves(fork, before);
        moves.ended(moves.made());
        return moves.inOrder();
    }

    /// A copy that was made begins to move when the one before it is told to leave, if that was
    /// first. Answers the ids of those before.
    private Set<String> made() {
        Set<String> followed = new HashSet<>();
        for (Allocation copy : fork.created()) {
            Optional<Allocation> previous = copy.spec().previous().flatMap(id -> left(copy, id));
            previous.ifPresent(old -> followed.add(old.id()));
            Stream.concat(Stream.of(copy.id()), previous.map(Allocation::id).stream())
                    .flatMap(id -> fork.event(id).stream())
                    .min(Comparator.comparingInt(Event::order))
                    .ifPresent(event ->
                            begun.add(
                                    new Begun(
                                            event,
                                            copy.title(),
                                            previous.map(old -> old.spec().node()).orElse(""),
                                            copy.spec().node())));
        }
        return followed;
    }

    /// The copy from which another one moves on: not one that had ended before.
    private Optional<Allocation> left(Allocation copy, String previous) {
        return in(fork.cluster(), copy, previous)
                .filter(old -> in(before, copy, previous).map(Allocation::live).orElse(true));
    }

    private static Optional<Allocation> in(Cluster cluster, Allocation ofJob, String id) {
        return Cluster.jobOf(ofJob).flatMap(job -> cluster.allocationsOf(job).get(id));
    }

    private void ended(Set<String> followed) {
        for (Belongings ofJob : before.byJob()) {
            ofJob.allocations().stream()
                    .filter(copy -> copy.live() && !followed.contains(copy.id()))
                    .filter(copy ->
                            in(fork.cluster(), copy, copy.id()).filter(Allocation::live).isEmpty())
                    .forEach(copy ->
                            fork.event(copy.id())
                                    .ifPresent(event ->
                                            begun.add(
                                                    new Begun(
                                                            event,
                                                            copy.title(),
                                                            copy.spec().node(),
                                                            ""))));
        }
    }

    private List<Move> inOrder() {
        SortedSet<Integer> steps = new TreeSet<>();
        begun.forEach(some -> steps.add(some.event.step()));
        return begun.stream()
                .sorted(Comparator.comparingInt(some -> some.event.order()))
                .map(some ->
                        new Move(
                                some.title,
                                some.from,
                                some.to,
                                1 + steps.headSet(some.event.step()).size(),
                                some.event.late()))
                .toList();
    }
}
