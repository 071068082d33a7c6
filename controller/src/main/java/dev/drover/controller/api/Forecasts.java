package dev.drover.controller.api;

import dev.drover.controller.admit.Admitted;
import dev.drover.controller.admit.Amendments;
import dev.drover.controller.http.Answer;
import dev.drover.controller.http.Call;
import dev.drover.controller.http.Reason;
import dev.drover.controller.http.RequestFailed;
import dev.drover.controller.plan.Forecasting;
import dev.drover.controller.plan.Past;
import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.DrainSpec;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodeResources;
import dev.drover.manifests.model.NodeSpec;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.whatif.WhatIf;
import dev.drover.store.Revision;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Answers why something has no place, and what would happen if. Nothing is written: the loops'
/// functions decide on views that nobody else sees.
final class Forecasts {
    /// Nodes that can be thought of at once.
    private static final int NODES_MAX = 1_000;

    private final Api.Parts parts;

    Forecasts(Api.Parts parts) {
        this.parts = parts;
    }

    Answer why(Call call) throws RequestFailed, InterruptedException {
        Target target = Operations.job(call);
        Cluster cluster = cluster(call.query("at"));
        Job job =
                cluster.job(target.resourceName())
                        .orElseThrow(() -> new RequestFailed(target.missing()));
        boolean scores = call.query("scores").filter("true"::equals).isPresent();
        return Answer.json(
                RecordJson.text(Forecasting.why(job, cluster, parts.clock().instant(), scores)));
    }

    /// The view of now, of a revision, or of a time.
    private Cluster cluster(Optional<String> at) throws RequestFailed, InterruptedException {
        if (at.isEmpty()) {
            return parts.view().cluster();
        }
        Revision revision =
                Moment.revision(at.get(), parts.tables().store(), parts.clock().instant());
        if (revision.after(parts.tables().revision())) {
            throw new RequestFailed(
                    Reason.BAD_REQUEST,
                    "revision %s is not here yet: %s is the newest"
                            .formatted(revision, parts.tables().revision()));
        }
        return Past.at(parts.tables(), revision)
                .orElseThrow(() ->
                        new RequestFailed(
                                Reason.EXPIRED,
                                "revision %s is not kept: choose a later one, %s is the newest"
                                        .formatted(revision, parts.tables().revision())));
    }

    Answer whatIf(Call call) throws RequestFailed, InterruptedException {
        Cluster cluster = parts.view().cluster();
        Instant now = parts.clock().instant();
        WhatIf answer =
                switch (call.parameter("what")) {
                    case "drain" -> WhatIf.drain(nodes(call, cluster), drain(call), cluster, now);
                    case "lose" -> WhatIf.lose(nodes(call, cluster), cluster, now);
                    case "add" -> WhatIf.add(added(call, cluster), cluster, now);
                    case String other ->
                            throw new RequestFailed(
                                    Reason.NOT_FOUND,
                                    "what if %s? known are drain, lose and add".formatted(other));
                };
        return Answer.json(RecordJson.text(Forecasting.of(answer, cluster)));
    }

    private static Set<String> nodes(Call call, Cluster cluster) throws RequestFailed {
        Set<String> names = new TreeSet<>(Arrays.asList(call.query("nodes").orElse("").split(",")));
        names.remove("");
        if (names.isEmpty()) {
            throw new RequestFailed(Reason.BAD_REQUEST, "nodes= is missing: which nodes?");
        }
        for (String name : names) {
            if (cluster.nodes().get(name).isEmpty()) {
                throw new RequestFailed(new Target(Kind.NODE, "", name).missing());
            }
        }
        return names;
    }

    private static DrainSpec drain(Call call) throws RequestFailed {
        Optional<Instant> deadline = Optional.empty();
        try {
            deadline = call.query("deadline").map(Instant::parse);
        } catch (DateTimeException e) {
            throw new RequestFailed(
                    Reason.BAD_REQUEST, "deadline= is not a time: " + e.getMessage());
        }
        return new DrainSpec(deadline, call.flag("ignoreSystem"));
    }

    /// Empty nodes like one that is there, with other sizes where some are named.
    private static List<Node> added(Call call, Cluster cluster) throws RequestFailed {
        Optional<String> like = call.query("like");
        Node model =
                (like.isPresent()
                                ? cluster.nodes().get(like.get())
                                : cluster.nodes().stream().findFirst())
                        .orElseThrow(() ->
                                new RequestFailed(
                                        Reason.NOT_FOUND,
                                        "there is no node%s to be like"
                                                .formatted(
                                                        like.map(name -> " " + name).orElse(""))));
        NodeResources has = model.status().resources();
        NodeResources resources =
                new NodeResources(
                        (int) call.number("cpu", has.cpu()),
                        has.cores(),
                        (int) call.number("memory", has.memoryMib()),
                        (int) call.number("disk", has.diskMib()),
                        has.dynamicPortMin(),
                        has.dynamicPortMax(),
                        has.reservedPorts());
        long count = call.number("count", 1);
        if (count > NODES_MAX) {
            throw new RequestFailed(Reason.BAD_REQUEST, "count= is at most " + NODES_MAX);
        }
        List<Node> nodes = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            nodes.add(
                    new Node(
                            Metadata.named("", "new-" + i),
                            NodeSpec.open(),
                            model.status().with(resources)));
        }
        return nodes;
    }

    /// A write of the body.
    Answer run(Call call) throws RequestFailed, InterruptedException {
        Target target = Operations.job(call);
        return admitted(
                target,
                Bodies.told(
                        target,
                        call,
                        parts.admission()
                                .put(
                                        Writes.wanted(target, call),
                                        Writes.terms(call).dryRun(true))));
    }

    /// Another count of a group.
    Answer scale(Call call) throws RequestFailed, InterruptedException {
        Target target = Operations.job(call);
        String group = call.query("group").orElse("");
        int count = (int) Math.min(call.number("count", 0), Integer.MAX_VALUE);
        return admitted(
                target,
                parts.admission()
                        .change(
                                Kind.JOB,
                                target.resourceName(),
                                job -> Amendments.counted((Job) job, group, count),
                                Writes.terms(call).dryRun(true)));
    }

    private Answer admitted(Target target, Admitted admitted)
            throws RequestFailed, InterruptedException {
        if (admitted instanceof Admitted.Stored(_, Job job)) {
            Cluster cluster = parts.view().cluster();
            return Answer.json(
                    RecordJson.text(
                            Forecasting.of(
                                    WhatIf.run(job, cluster, parts.clock().instant()), cluster)));
        }
        return Writes.answer(target, admitted);
    }
}
