package dev.drover.controller.plan;

import dev.drover.manifests.model.Explanation;
import dev.drover.manifests.model.Forecast;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Shortage;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.placement.Help;
import dev.drover.reconcilers.placement.Score;
import dev.drover.reconcilers.placement.Why;
import dev.drover.reconcilers.whatif.WhatIf;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the loops' own functions answer about a view, in the words of the API.
public final class Forecasting {
    private Forecasting() {}

    /// Why a job is not as it should be.
    ///
    /// @param scores whether to say how good nodes are for one more copy
    public static Explanation why(Job job, Cluster cluster, Instant now, boolean scores) {
        return new Explanation(
                cluster.revision().toString(),
                job,
                shortages(Why.of(job.name(), cluster, now)),
                scores ? Score.rankings(job.name(), cluster, now) : List.of());
    }

    /// What would move.
    public static Forecast of(WhatIf answer, Cluster cluster) {
        Map<String, Forecast.Shortages> without = new TreeMap<>();
        answer.without()
                .forEach((job, whys) -> without.put(job, new Forecast.Shortages(shortages(whys))));
        return new Forecast(
                cluster.revision().toString(),
                answer.moves().stream()
                        .map(m ->
                                new Forecast.Move(m.title(), m.from(), m.to(), m.step(), m.late()))
                        .toList(),
                without,
                answer.left(),
                answer.waits());
    }

    private static List<Shortage> shortages(List<Why> whys) {
        return whys.stream()
                .map(why ->
                        new Shortage(
                                why.group(),
                                why.wanted(),
                                why.together(),
                                why.nodes().stream().map(Forecasting::reason).toList(),
                                why.helps().stream().map(Help::text).toList()))
                .toList();
    }

    private static Shortage.NodeReason reason(Why.NodeReason of) {
        return new Shortage.NodeReason(of.node(), of.reason(), of.heldBy());
    }
}
