package dev.drover.store.typed;

import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Resource;
import dev.drover.store.Compare;
import dev.drover.store.Key;
import dev.drover.store.Op;
import dev.drover.store.Revision;
import dev.drover.store.Txn;
import dev.drover.store.lease.Epoch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Writes of resources as transactions of bytes.
final class Transactions {
    private final Records records;

    Transactions(Records records) {
        this.records = records;
    }

    Txn txn(Write write) {
        List<Compare> conditions = new ArrayList<>();
        List<Op> ops = new ArrayList<>();
        for (Write.Step step : write.steps()) {
            switch (step) {
                case Write.Step.Create(Resource resource) -> {
                    Key key = Keys.of(resource);
                    conditions.add(Compare.absent(key));
                    ops.add(new Op.Put(key, records.encode(key, resource)));
                }
                case Write.Step.Replace(Resource resource) -> {
                    Key key = Keys.of(resource);
                    conditions.add(unchanged(key, resource));
                    ops.add(new Op.Put(key, records.encodeOver(key, resource)));
                }
                case Write.Step.Put(Resource resource) -> {
                    Key key = Keys.of(resource);
                    ops.add(new Op.Put(key, records.encodeOver(key, resource)));
                }
                case Write.Step.Delete(Resource resource) -> {
                    Key key = Keys.of(resource);
                    conditions.add(unchanged(key, resource));
                    ops.add(new Op.Delete(key));
                }
                case Write.Step.Remove(var kind, var name) ->
                        ops.add(new Op.Delete(Keys.of(kind, name)));
                case Write.Step.Unchanged(Resource resource) ->
                        conditions.add(unchanged(Keys.of(resource), resource));
                case Write.Step.Absent(var kind, var name) ->
                        conditions.add(Compare.absent(Keys.of(kind, name)));
                case Write.Step.SameSpec(Job job) -> conditions.addAll(sameSpec(job));
                case Write.Step.Under(Epoch epoch) -> conditions.add(epoch.stillMine());
            }
        }
        conditions.addAll(specsPresent(write, ops));
        Txn txn = Txn.when(conditions, ops);
        return write.requestId().map(txn::requestId).orElse(txn);
    }

    private static Compare unchanged(Key key, Resource resource) {
        String version =
                resource.metadata()
                        .resourceVersion()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "%s %s has no resourceVersion: read it first, or create it"
                                                .formatted(
                                                        resource.kind().text(), resource.name())));
        return Compare.unchanged(key, Revision.parse(version));
    }

    /// The same life of the job, and no newer version: a change of the spec always makes one.
    private static List<Compare> sameSpec(Job job) {
        int version = job.status().version();
        return List.of(
                Compare.present(Keys.of(job)),
                Compare.present(Records.version(job.metadata(), version)),
                Compare.absent(Records.version(job.metadata(), version + 1)));
    }

    /// A job without its spec could not be read: the version it names is in the same write, or
    /// there.
    private static List<Compare> specsPresent(Write write, List<Op> ops) {
        Set<Key> written = new HashSet<>();
        for (Op op : ops) {
            if (op instanceof Op.Put(Key key, var _)) {
                written.add(key);
            }
        }
        return write.steps().stream()
                .flatMap(step ->
                        switch (step) {
                            case Write.Step.Create(Job job) -> Stream.of(job);
                            case Write.Step.Replace(Job job) -> Stream.of(job);
                            case Write.Step.Put(Job job) -> Stream.of(job);
                            case Write.Step.Create _,
                                    Write.Step.Replace _,
                                    Write.Step.Put _,
                                    Write.Step.Delete _,
                                    Write.Step.Remove _,
                                    Write.Step.Unchanged _,
                                    Write.Step.Absent _,
                                    Write.Step.SameSpec _,
                                    Write.Step.Under _ ->
                                    Stream.<Job>empty();
                        })
                .map(job -> Records.version(job.metadata(), job.status().version()))
                .filter(key -> !written.contains(key))
                .map(Compare::present)
                .toList();
    }
}
