package dev.drover.node.main;

import dev.drover.manifests.wire.AssignedJob;
import dev.drover.manifests.wire.FromNode.Register;
import dev.drover.manifests.wire.ToNode.Desired;
import dev.drover.manifests.wire.Wire;
import dev.drover.node.alloc.Allocations;
import dev.drover.node.environment.NodeFacts;
import dev.drover.node.link.Hearing;
import dev.drover.node.link.LinkedNode;
import dev.drover.node.link.ReportNumbers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// This node as a member of its cluster: what it says of itself, and what it hears.
final class Membership implements LinkedNode {
    /// Specs that are kept of one link. A link that has told more is begun anew, which forgets
    /// those that nothing here refers to.
    private static final int JOBS_MAX = 10_000;

    private final Path file;
    private final NodeFacts facts;
    private final ReportNumbers numbers;
    private final Allocations allocations;
    private final Hearing hearing;
    private final List<AssignedJob> jobs = new ArrayList<>();
    private Identity identity;

    Membership(
            Path file,
            Identity identity,
            NodeFacts facts,
            ReportNumbers numbers,
            Allocations allocations,
            Hearing hearing) {
        this.file = file;
        this.identity = identity;
        this.facts = facts;
        this.numbers = numbers;
        this.allocations = allocations;
        this.hearing = hearing;
    }

    @Override
    public Register words() {
        return new Register(
                Wire.PROTOCOL, facts.name(), facts.uid(), facts.status(), numbers.last());
    }

    @Override
    public boolean belongsTo(String clusterId) throws IOException {
        if (identity.clusterId().isEmpty()) {
            identity = identity.in(clusterId);
            Identity.file(file).write(identity);
        }
        return identity.clusterId().equals(Optional.of(clusterId));
    }

    @Override
    public void heard() {
        hearing.heard();
    }

    @Override
    public void linked(Duration silenceMax) {
        hearing.linked(silenceMax);
        jobs.clear();
        allocations.reportAll();
    }

    @Override
    public void desired(Desired desired) throws IOException {
        allocations.apply(desired, jobs);
        jobs.addAll(desired.jobs());
        if (jobs.size() > JOBS_MAX) {
            throw new IOException("this link has told more than " + JOBS_MAX + " specs");
        }
    }
}
