package dev.drover.store.typed;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.GitSource;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Namespace;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.Variable;
import dev.drover.store.Commit;
import dev.drover.store.Entry;
import dev.drover.store.Prefix;
import dev.drover.store.Revision;
import dev.drover.store.Store;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The store in terms of resources: a table for each kind, and writes across them.
///
/// A job is written together with the job version its status names, or after it: the version holds
/// the spec, and a job row is read with the spec attached.
public final class Tables {
    private final Store store;
    private final Records records;
    private final Transactions transactions;
    private final Map<Kind, Table<Resource>> tables = new EnumMap<>(Kind.class);
    private final AllocationIndex allocations;

    /// Over an open store, which stays the caller's to close.
    public Tables(Store store) {
        this.store = store;
        this.records = new Records(store);
        this.transactions = new Transactions(records);
        for (Kind kind : Kind.values()) {
            tables.put(kind, new Table<>(kind, store, entry -> records.decode(kind, entry)));
        }
        this.allocations = new AllocationIndex(allocations());
    }

    /// The table of a kind, for those who treat all kinds alike.
    public Table<Resource> of(Kind kind) {
        return Objects.requireNonNull(tables.get(kind));
    }

    /// Jobs.
    public Table<Job> jobs() {
        return table(Kind.JOB, Job.class);
    }

    /// Kept specs of jobs.
    public Table<JobVersion> jobVersions() {
        return table(Kind.JOB_VERSION, JobVersion.class);
    }

    /// Allocations.
    public Table<Allocation> allocations() {
        return table(Kind.ALLOCATION, Allocation.class);
    }

    /// Allocations by what they belong to.
    public AllocationIndex allocationIndex() {
        return allocations;
    }

    /// Evaluations.
    public Table<Evaluation> evaluations() {
        return table(Kind.EVALUATION, Evaluation.class);
    }

    /// Deployments.
    public Table<Deployment> deployments() {
        return table(Kind.DEPLOYMENT, Deployment.class);
    }

    /// Variables.
    public Table<Variable> variables() {
        return table(Kind.VARIABLE, Variable.class);
    }

    /// Git sources.
    public Table<GitSource> gitSources() {
        return table(Kind.GIT_SOURCE, GitSource.class);
    }

    /// Nodes.
    public Table<Node> nodes() {
        return table(Kind.NODE, Node.class);
    }

    /// Namespaces.
    public Table<Namespace> namespaces() {
        return table(Kind.NAMESPACE, Namespace.class);
    }

    private <T extends Resource> Table<T> table(Kind kind, Class<T> type) {
        return new Table<>(kind, store, entry -> records.decode(kind, entry).map(type::cast));
    }

    /// The newest revision.
    public Revision revision() {
        return store.revision();
    }

    /// The store beneath.
    public Store store() {
        return store;
    }

    /// Does all steps as one transaction, or none.
    ///
    /// @throws IllegalArgumentException when a step needs the `resourceVersion` of a resource that
    ///   was never read
    public Commit commit(Write write) {
        return store.commit(transactions.txn(write));
    }

    /// Does each write independently, in this order, with one wait for the disk.
    public List<Commit> commitAll(List<Write> writes) {
        return store.commitAll(writes.stream().map(transactions::txn).toList());
    }

    /// Changes of several kinds on one stream, so that what one transaction did stays together.
    public TypedWatch<Resource> watch(Set<Kind> kinds, WatchOptions options) {
        Set<Kind> wanted = Set.copyOf(kinds);
        var request =
                options.request(Prefix.EVERYTHING)
                        .selecting(e -> Keys.kind(e.key()).filter(wanted::contains).isPresent());
        return new TypedWatch<>(store.watch(request), store, this::anyKind);
    }

    private Optional<Resource> anyKind(Entry entry) {
        return Keys.kind(entry.key()).flatMap(kind -> records.decode(kind, entry));
    }
}
